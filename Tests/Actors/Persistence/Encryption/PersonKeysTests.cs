using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using WebChat.Actors.Persistence;
using WebChat.Actors.Persistence.Encryption;
using WebChat.Actors.Users;
using WebChat.Tests.Databases;
using WebChat.Tests.Requires;

namespace WebChat.Tests.Actors.Persistence.Encryption;

public sealed class PersonKeysTests
{
    private static readonly byte[] Purpose = "a test"u8.ToArray();

    [Fact]
    public void A_ciphertext_is_decrypted_only_unchanged_and_for_its_purpose()
    {
        using var host = ActorHost.Start();
        var keys = host.Services.GetRequiredService<PersonKeys>();
        var content = keys.Of(new("ann")).Encrypt("hello"u8, Purpose);

        Assert.Equal("hello"u8.ToArray(), keys.Decrypt(content, Purpose));
        Assert.ThrowsAny<CryptographicException>(() => keys.Decrypt(content, "another"u8));
        content[^1] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => keys.Decrypt(content, Purpose));
        Assert.ThrowsAny<CryptographicException>(() => keys.Decrypt(content.AsSpan(0, 20), Purpose));
    }

    [Fact]
    public void Equal_texts_have_different_ciphertexts()
    {
        var key = new PersonKey(1, new("ann"), RandomNumberGenerator.GetBytes(PersonKey.SecretBytes));

        Assert.Equal(1_000, Enumerable.Range(0, 1_000).Select(_ => Convert.ToHexString(key.Encrypt("hello"u8, Purpose))).Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(300_000_000_000)]
    public void A_ciphertext_begins_with_the_id_of_its_key(long id)
    {
        var content = new PersonKey(id, new("ann"), RandomNumberGenerator.GetBytes(PersonKey.SecretBytes)).Encrypt("hello"u8, Purpose);

        Assert.Equal(id, PersonKey.IdIn(content, out var rest));
        Assert.Equal(12 + 5 + 16, rest.Length);
    }

    [Fact]
    public void Concurrent_callers_get_the_same_new_key()
    {
        using var host = ActorHost.Start();
        var keys = host.Services.GetRequiredService<PersonKeys>();

        var all = new PersonKey[16];
        Parallel.For(0, all.Length, i => all[i] = keys.Of(new("ann")));

        Assert.Single(all.Distinct());
    }

    [Fact]
    public void Keys_beyond_the_cache_are_found_again()
    {
        using var host = ActorHost.Start();
        var keys = host.Services.GetRequiredService<PersonKeys>();
        var content = keys.Of(new("ann")).Encrypt("hello"u8, Purpose);
        Fill(host, 10_000);

        for (var i = 0; i < 10_000; i++)
            keys.Of(new($"person {i}"));

        Assert.Equal("hello"u8.ToArray(), keys.Decrypt(content, Purpose));
        keys.Destroy(new("ann"));
        Assert.Null(keys.Decrypt(content, Purpose));
    }

    [Fact]
    public void A_destroyed_key_neither_decrypts_nor_encrypts_also_after_a_restart()
    {
        var host = ActorHost.Start();
        var keys = host.Services.GetRequiredService<PersonKeys>();
        var (before, bobs) = (keys.Of(new("ann")).Encrypt("hello"u8, Purpose), keys.Of(new("bob")).Encrypt("hi"u8, Purpose));

        keys.Destroy(new("ann"));
        keys.Destroy(new("ann"));

        var after = keys.Of(new("ann")).Encrypt("hello again"u8, Purpose);
        Assert.Null(keys.Decrypt(before, Purpose));
        Assert.Null(keys.Decrypt(after, Purpose));
        using var again = host.Restart();
        keys = again.Services.GetRequiredService<PersonKeys>();
        Assert.Null(keys.Decrypt(before, Purpose));
        Assert.Null(keys.Decrypt(keys.Of(new("ann")).Encrypt("hello again"u8, Purpose), Purpose));
        Assert.Equal("hi"u8.ToArray(), keys.Decrypt(bobs, Purpose));
    }

    [Fact]
    public void Nothing_is_encrypted_for_a_user_erased_before_the_first_key()
    {
        using var host = ActorHost.Start();
        var keys = host.Services.GetRequiredService<PersonKeys>();

        keys.Destroy(new("ann"));

        Assert.Null(keys.Decrypt(keys.Of(new("ann")).Encrypt("hello"u8, Purpose), Purpose));
    }

    [Fact]
    public void A_destroyed_key_is_in_no_file()
    {
        var directory = Directory.CreateTempSubdirectory("webchat-keys-");
        using (var host = ActorHost.StartIn(directory.FullName))
        {
            var keys = host.Services.GetRequiredService<PersonKeys>();
            foreach (var person in (string[])["ann", "bob", "cyd"])
                keys.Of(new(person));
            var secret = SecretOf(host, "bob");
            Assert.NotEmpty(DataFiles.With(directory.FullName, secret));

            keys.Destroy(new("bob"));
            keys.EmptyLog();

            Assert.Empty(DataFiles.With(directory.FullName, secret));
            Assert.NotEmpty(DataFiles.With(directory.FullName, SecretOf(host, "cyd")));
        }

        directory.Delete(recursive: true);
    }

    [Fact]
    public void A_key_is_destroyed_during_a_read_and_the_log_is_emptied_afterwards()
    {
        var directory = Directory.CreateTempSubdirectory("webchat-keys-");
        using (var host = ActorHost.StartIn(directory.FullName))
        {
            var keys = host.Services.GetRequiredService<PersonKeys>();
            var content = keys.Of(new("ann")).Encrypt("hello"u8, Purpose);
            var secret = SecretOf(host, "ann");
            using (var reader = host.Services.GetRequiredService<JournalDatabase>().Readers.OpenConnection())
            using (var reading = reader.BeginTransaction())
            {
                using var command = reader.CreateCommand();
                command.CommandText = "SELECT count(*) FROM person_key";
                command.ExecuteScalar();

                keys.Destroy(new("ann"));
                Assert.Null(keys.Decrypt(content, Purpose));
                Assert.Throws<TimeoutException>(keys.EmptyLog);
            }

            keys.EmptyLog();
            Assert.Empty(DataFiles.With(directory.FullName, secret));
        }

        directory.Delete(recursive: true);
    }

    [PostgresFact]
    public async Task Keys_are_stored_in_PostgreSQL_as_well()
    {
        await using var server = await PostgresServer.Create();
        await using var database = await PostgresDatabase.Create(server);
        var host = ActorHost.Start(settings: [("WebChat:Database", "postgres"), ("WebChat:ConnectionString", database.ConnectionString)]);
        var keys = host.Services.GetRequiredService<PersonKeys>();
        var (anns, bobs) = (keys.Of(new("ann")).Encrypt("hello"u8, Purpose), keys.Of(new("bob")).Encrypt("hi"u8, Purpose));

        keys.Destroy(new("ann"));

        using var again = host.Restart();
        keys = again.Services.GetRequiredService<PersonKeys>();
        Assert.Null(keys.Decrypt(anns, Purpose));
        Assert.Equal("hi"u8.ToArray(), keys.Decrypt(bobs, Purpose));
    }

    private static byte[] SecretOf(ActorHost host, string person)
    {
        using var command = host.Services.GetRequiredService<JournalDatabase>().Readers.CreateCommand($"SELECT secret FROM person_key WHERE user_id = '{person}'");
        return (byte[])command.ExecuteScalar()!;
    }

    private static void Fill(ActorHost host, int persons)
    {
        using var connection = (SqliteConnection)host.Services.GetRequiredService<JournalDatabase>().Writers.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {persons - 1})
            INSERT INTO person_key (user_id, secret) SELECT 'person ' || i, randomblob({PersonKey.SecretBytes}) FROM n
            """;
        command.ExecuteNonQuery();
    }
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using WebChat.Actors.Persistence.Encryption;
using WebChat.Actors.Users;
using WebChat.Actors.Users.Pictures;
using WebChat.Tests.Actors.Persistence.Encryption;
using WebChat.Tests.Databases;

namespace WebChat.Tests.Actors.Users.Pictures;

[Collection(DatabaseCollection.Name)]
public sealed class PictureStoreTests
{
    private static readonly UserId Ann = new("ann");
    private static readonly UserId Bob = new("bob");
    private static readonly ProfilePicture First = Picture(1);
    private static readonly ProfilePicture Second = Picture(2);

    [Theory, OnSqlite, OnPostgres]
    public async Task A_picture_survives_a_restart_is_replaced_as_a_whole_and_is_removed(DatabaseKind kind)
    {
        await using var database = await Database.Create(kind);
        var host = Start(database, kind);
        var store = Store(host);
        Assert.False(await store.Exists(Ann, default));
        await store.Save(Ann, First, default);
        await store.Save(Bob, First, default);

        host = host.Restart();
        store = Store(host);
        await Has(store, Ann, First);
        await store.Save(Ann, Second, default);
        await Has(store, Ann, Second);
        await Has(store, Bob, First);
        await store.Delete(Ann, default);
        await store.Delete(Ann, default);

        using var again = host.Restart();
        store = Store(again);
        await HasNone(store, Ann);
        await Has(store, Bob, First);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_picture_is_stored_encrypted_and_is_unreadable_once_the_users_key_is_destroyed(DatabaseKind kind)
    {
        await using var database = await Database.Create(kind);
        using var host = Start(database, kind);
        var store = Store(host);
        await store.Save(Ann, First, default);
        Assert.Equal(["1"], await database.Query("SELECT count(*) FROM picture WHERE user_id = 'ann'"));
        Assert.DoesNotContain(Convert.ToHexString(First.Preview), await Stored(database, kind));

        host.Services.GetRequiredService<PersonKeys>().Destroy(Ann);
        Assert.Null(await store.ReadImage(Ann, default));

        // As from an upload in progress during the deletion of the account.
        await store.Save(Ann, Second, default);
        Assert.Null(await store.ReadImage(Ann, default));
        Assert.Null(await store.ReadPreview(Ann, default));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_picture_cannot_be_read_as_the_preview(DatabaseKind kind)
    {
        await using var database = await Database.Create(kind);
        using var host = Start(database, kind);
        await Store(host).Save(Ann, First, default);
        await database.Execute("UPDATE picture SET preview = image");

        await Assert.ThrowsAnyAsync<CryptographicException>(() => Store(host).ReadPreview(Ann, default));
    }

    [Fact]
    public async Task A_replaced_or_removed_picture_is_in_no_file_once_the_log_is_emptied()
    {
        var directory = Directory.CreateTempSubdirectory("webchat-pictures-");
        using (var host = ActorHost.StartIn(directory.FullName))
        {
            var (store, keys) = (Store(host), host.Services.GetRequiredService<PersonKeys>());
            await store.Save(Ann, First, default);
            var first = Encrypted(host);
            Assert.NotEmpty(DataFiles.With(directory.FullName, first));

            await store.Save(Ann, Second, default);
            keys.EmptyLog();
            Assert.Empty(DataFiles.With(directory.FullName, first));

            var second = Encrypted(host);
            Assert.NotEmpty(DataFiles.With(directory.FullName, second));
            await store.Delete(Ann, default);
            keys.EmptyLog();
            Assert.Empty(DataFiles.With(directory.FullName, second));
        }

        directory.Delete(recursive: true);
    }

    // Larger than a page of the database, so that it spans several.
    private static ProfilePicture Picture(byte seed) =>
        new([.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * seed))], Encoding.ASCII.GetBytes($"a preview of picture {seed}"));

    private static ActorHost Start(Database database, DatabaseKind kind) => ActorHost.Start(
        virtualTime: true, ("WebChat:Database", kind == DatabaseKind.Postgres ? "postgres" : "sqlite"), ("WebChat:ConnectionString", database.ConnectionString));

    private static PictureStore Store(ActorHost host) => host.Services.GetRequiredService<PictureStore>();

    private static async Task Has(PictureStore store, UserId user, ProfilePicture picture)
    {
        Assert.True(await store.Exists(user, default));
        Assert.Equal(picture.Image, await store.ReadImage(user, default));
        Assert.Equal(picture.Preview, await store.ReadPreview(user, default));
    }

    private static async Task HasNone(PictureStore store, UserId user)
    {
        Assert.False(await store.Exists(user, default));
        Assert.Null(await store.ReadImage(user, default));
        Assert.Null(await store.ReadPreview(user, default));
    }

    private static async Task<string> Stored(Database database, DatabaseKind kind) => Assert.Single(await database.Query(
        kind == DatabaseKind.Postgres ? "SELECT upper(encode(preview, 'hex')) FROM picture" : "SELECT hex(preview) FROM picture"));

    private static byte[] Encrypted(ActorHost host)
    {
        using var command = host.Services.GetRequiredService<WebChat.Actors.Persistence.JournalDatabase>().Readers.CreateCommand("SELECT image FROM picture");
        return ((byte[])command.ExecuteScalar()!)[50_000..50_040];
    }
}

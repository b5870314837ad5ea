using static BCrypt.Net.BCrypt;

namespace WebChat.Tests.Standins.BCrypt;

public class BCryptTests
{
    private const string Long72 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    // Answers that other implementations publish.
    [Theory]
    [InlineData("U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("U*U*", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK")]
    [InlineData("U*U*U", "$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a")]
    [InlineData("", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy")]
    [InlineData("abc", "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i")]
    [InlineData(Long72 + "chars after 72 are ignored", "$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui")]
    public void A_known_password_gives_the_known_hash(string password, string hash)
    {
        Assert.Equal(hash, HashPassword(password, hash[..29]));
        Assert.True(Verify(password, hash));
    }

    [Theory]
    [InlineData("correct horse")]
    [InlineData("пароль 🔑 密码")]
    public void A_new_hash_verifies_its_password_and_no_other(string password)
    {
        var hash = HashPassword(password, 4);

        Assert.Equal(60, hash.Length);
        Assert.StartsWith("$2", hash);
        Assert.Contains("$04$", hash);
        Assert.True(Verify(password, hash));
        Assert.False(Verify(password + "x", hash));
        Assert.False(Verify("", hash));
    }

    [Fact]
    public void Each_hash_has_a_salt_of_its_own()
    {
        Assert.NotEqual(HashPassword("same", 4), HashPassword("same", 4));
    }

    [Fact]
    public void Only_the_first_72_bytes_count()
    {
        var hash = HashPassword(Long72 + "a", 4);

        Assert.True(Verify(Long72 + "b", hash));
        Assert.False(Verify(Long72[..71], hash));
    }

    [Fact]
    public void The_bytes_of_UTF8_are_counted_and_not_the_characters()
    {
        var hash = HashPassword(new string('é', 36) + "a", 4);

        Assert.True(Verify(new string('é', 36) + "b", hash));
        Assert.False(Verify(new string('é', 35) + "b", hash));
    }

    [Fact]
    public void What_follows_a_NUL_is_never_ignored()
    {
        var hash = HashPassword("a", 4);

        Assert.False(Verify("a\0b", hash));
    }

    [Fact]
    public void A_hash_with_a_changed_end_does_not_verify()
    {
        var hash = HashPassword("secret", 4);

        Assert.False(Verify("secret", hash[..59] + (hash[59] == 'a' ? 'e' : 'a')));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(32)]
    public void A_work_factor_out_of_range_is_refused(int workFactor)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => HashPassword("secret", workFactor));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("$1$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui")]
    [InlineData("$2a$xx$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui")]
    [InlineData("$2a$05$short")]
    public void What_is_no_bcrypt_hash_is_refused(string hash)
    {
        Assert.ThrowsAny<Exception>(() => Verify("secret", hash));
    }

    [Fact]
    public void Null_is_no_password_and_an_empty_string_is_no_hash()
    {
        Assert.Throws<ArgumentNullException>(() => HashPassword(null!, 4));
        Assert.Throws<ArgumentException>(() => Verify("secret", ""));
    }

    [Fact]
    public void A_hash_needs_renewal_when_its_work_factor_is_lower_than_wanted()
    {
        var hash = HashPassword("secret", 5);

        Assert.True(PasswordNeedsRehash(hash, 6));
        Assert.False(PasswordNeedsRehash(hash, 5));
    }

    [Fact]
    public async Task Many_threads_hash_at_once()
    {
        var hashes = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => HashPassword($"password {i}", 4))));

        Assert.All(hashes.Index(), h => Assert.True(Verify($"password {h.Index}", h.Item)));
    }
}

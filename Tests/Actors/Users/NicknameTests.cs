using WebChat.Actors.Users;

namespace WebChat.Tests.Actors.Users;

public class NicknameTests
{
    [Fact]
    public void A_nickname_is_trimmed_and_has_30_characters_at_the_most()
    {
        Assert.True(Nickname.TryParse($" {string.Concat(Enumerable.Repeat("😀", 30))} ", out var nickname, out _));
        Assert.Equal(60, nickname.Value.Length);
        Assert.False(Nickname.TryParse(new string('a', 31), out _, out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("\u2003")]
    [InlineData("a\u0000b")]
    [InlineData("a\nb")]
    public void What_is_no_nickname_is_refused(string? written) => Assert.False(Nickname.TryParse(written, out _, out _));
}

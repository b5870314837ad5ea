using WebChat.Actors.Users;

namespace WebChat.Tests.Actors.Users;

public class BioTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("  ", "")]
    [InlineData(" two\nlines ", "two\nlines")]
    public void A_bio_may_be_empty_and_have_line_breaks(string? written, string expected)
    {
        Assert.True(Bio.TryParse(written, out var bio, out _));
        Assert.Equal(expected, bio.Value);
    }

    [Fact]
    public void A_bio_has_at_most_500_characters()
    {
        Assert.True(Bio.TryParse(new string('a', 500), out _, out _));
        Assert.False(Bio.TryParse(new string('a', 501), out _, out _));
    }
}

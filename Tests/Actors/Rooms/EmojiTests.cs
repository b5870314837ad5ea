using WebChat.Actors.Rooms;

namespace WebChat.Tests.Actors.Rooms;

public class EmojiTests
{
    [Theory]
    [InlineData("👍", "👍")]
    [InlineData("❤", "❤️")]
    [InlineData("❤️", "❤️")]
    [InlineData("\u203C\uFE0F", "\u203C\uFE0F")]
    [InlineData("\u2139", "\u2139\uFE0F")]
    [InlineData("\u25FD", "\u25FD")]
    [InlineData("1\u20E3", "1\uFE0F\u20E3")]
    [InlineData("🇩🇪", "🇩🇪")]
    [InlineData("👩🏻\u200D❤\u200D💋\u200D👨🏼", "👩🏻\u200D❤\uFE0F\u200D💋\u200D👨🏼")]
    [InlineData("🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F", "🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F")]
    [InlineData("👨\u200D👩\u200D👧\u200D👦", "👨\u200D👩\u200D👧\u200D👦")]
    public void An_emoji_in_any_form_is_kept_fully_qualified(string written, string kept)
    {
        Assert.True(Emoji.TryParse(written, out var emoji));
        Assert.Equal(kept, emoji.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("1")]
    [InlineData("#")]
    [InlineData("\u00b0")]
    [InlineData("\u0488")]
    [InlineData("\u200d")]
    [InlineData("\ufe0f")]
    [InlineData("\ufffd")]
    [InlineData("\u2400")]
    [InlineData("a\u20dd")]
    [InlineData("👍👍")]
    [InlineData("👍 ")]
    [InlineData("❤\uFE0E")]
    [InlineData("🏻")]
    [InlineData("🇩")]
    [InlineData("face-smiling")]
    public void Anything_else_is_refused(string? written) => Assert.False(Emoji.TryParse(written, out _));
}

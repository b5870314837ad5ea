using FsCheck.Xunit;
using WebChat.Actors.Rooms;

namespace WebChat.Tests.Actors.Rooms;

public class MessageTextTests
{
    [Theory]
    [InlineData("hello", "hello")]
    [InlineData("  hello\n", "hello")]
    [InlineData("two\nlines\tand a tab\r\n.", "two\nlines\tand a tab\r\n.")]
    [InlineData("<b>&amp;</b>", "<b>&amp;</b>")]
    [InlineData("שלום 👩‍👩‍👧 \u202e", "שלום 👩‍👩‍👧 \u202e")]
    public void Any_text_is_a_message_without_the_white_space_around_it(string written, string message)
    {
        Assert.True(MessageText.TryParse(written, out var text, out _));
        Assert.Equal(message, text.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\r\n\u00a0\u2003")]
    [InlineData("bell\a")]
    [InlineData("nul\0")]
    [InlineData("escape \u001b[31m")]
    [InlineData("c1 \u0085!")]
    [InlineData("\u200b")]
    [InlineData("\u2800\u2800")]
    [InlineData("\u3164")]
    [InlineData("\u202e\u2066")]
    [InlineData("\ufe0f")]
    public void What_is_no_text_is_refused_with_the_reason(string? written)
    {
        Assert.False(MessageText.TryParse(written, out var text, out var why));
        Assert.Equal("", text.Value);
        Assert.NotEmpty(why);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_text()
    {
        Assert.False(MessageText.TryParse("one half \ud83d", out _, out _));
        Assert.False(MessageText.TryParse("\ude00 the other half", out _, out _));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("😀")]
    public void Length_counts_code_points_after_trimming(string character)
    {
        var longest = string.Concat(Enumerable.Repeat(character, 2_000));
        Assert.True(MessageText.TryParse($"  {longest}  ", out var text, out _));
        Assert.Equal(longest, text.Value);
        Assert.False(MessageText.TryParse(longest + character, out _, out _));
    }

    [Property]
    public bool Reading_a_message_again_changes_nothing(string? written) =>
        !MessageText.TryParse(written, out var once, out _) || MessageText.TryParse(once.Value, out var twice, out _) && once == twice;

    [Fact]
    public void A_message_does_not_show_in_logs()
    {
        Assert.True(MessageText.TryParse("secret", out var text, out _));
        Assert.DoesNotContain("secret", $"{text}", StringComparison.Ordinal);
    }
}

using FsCheck.Xunit;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;

namespace WebChat.Tests.Actors.Text;

/// <summary>Nicknames and room names, which follow the same rules.</summary>
public class NameTests
{
    [Theory]
    [InlineData("Ann", "Ann")]
    [InlineData(" \u2003Ann\u00a0\u3000 Lee\t", "Ann Lee")]
    [InlineData("Jose\u0301", "Jos\u00e9")]
    [InlineData("דני", "דני")]
    [InlineData("Ann أحمد", "Ann أحمد")]
    [InlineData("Nguyễn Thị Ánh", "Nguyễn Thị Ánh")]
    [InlineData("می\u200cخواهم", "می\u200cخواهم")]
    [InlineData("ശ്രീ ന്\u200d", "ശ്രീ ന്\u200d")]
    [InlineData("क्\u200dष", "क्\u200dष")]
    [InlineData("Ann ❤️", "Ann ❤️")]
    [InlineData("👩‍👩‍👧", "👩‍👩‍👧")]
    [InlineData("🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F fan", "🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F fan")]
    [InlineData("#1", "#1")]
    [InlineData("-", "-")]
    public void A_name_is_normalized(string written, string kept)
    {
        Assert.True(Nickname.TryParse(written, out var nickname, out _));
        Assert.Equal(kept, nickname.Value);
        Assert.True(RoomName.TryParse(written, out var room, out _));
        Assert.Equal(kept, room.Value);
    }

    [Theory]
    [InlineData("Ann\u202egnp.exe")]
    [InlineData("\u202dAnn")]
    [InlineData("Ann\u2067")]
    [InlineData("Ann\u061c")]
    [InlineData("A\u200enn")]
    [InlineData("A\u200bnn")]
    [InlineData("A\u00adnn")]
    [InlineData("A\u2060nn")]
    [InlineData("A\ufeffnn")]
    [InlineData("A\u034fnn")]
    [InlineData("Ann\ufe0f")]
    [InlineData("A\u200dnn")]
    [InlineData("Ann\u200c")]
    [InlineData("漢\u200c字")]
    [InlineData("م\u200c")]
    [InlineData("Ann \U000E0041")]
    [InlineData("👍\u200d")]
    public void Characters_that_are_invisible_or_change_the_direction_of_text_are_refused(string written)
    {
        Assert.False(Nickname.TryParse(written, out _, out var why));
        Assert.Equal("must not contain invisible characters or characters that change the direction of text", why);
        Assert.False(RoomName.TryParse(written, out _, out _));
    }

    [Theory]
    [InlineData(null, "must not be empty")]
    [InlineData(" \t\n\u2003", "must not be empty")]
    [InlineData("a\u0000b", "must not contain control characters")]
    [InlineData("a\nb", "must not contain control characters")]
    [InlineData("a\u0085b", "must not contain control characters")]
    [InlineData("Ann\u2028Admin", "must be a single line")]
    [InlineData("Ann\u2029Admin", "must be a single line")]
    [InlineData("\u2800", "must contain something visible")]
    [InlineData("\u0301", "must contain something visible")]
    [InlineData("\ue000", "must contain something visible")]
    public void A_refusal_gives_the_reason(string? written, string reason)
    {
        Assert.False(Nickname.TryParse(written, out var nickname, out var why));
        Assert.Equal(("", reason), (nickname.Value, why));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused()
    {
        Assert.False(Nickname.TryParse("Ann \ud83d", out _, out var why));
        Assert.Equal("must be well-formed Unicode", why);
    }

    [Fact]
    public void Length_counts_scalar_values_of_the_normalized_form()
    {
        Assert.True(Nickname.TryParse($" {string.Concat(Enumerable.Repeat("😀", 30))} ", out var nickname, out _));
        Assert.Equal(60, nickname.Value.Length);
        Assert.True(Nickname.TryParse($"a{new string(' ', 40)}b", out _, out _));
        Assert.True(Nickname.TryParse(string.Concat(Enumerable.Repeat("e\u0301", 30)), out _, out _));
        Assert.False(Nickname.TryParse(new string('a', 31), out _, out _));
        Assert.True(RoomName.TryParse(new string('é', 60), out _, out _));
        Assert.False(RoomName.TryParse(new string('é', 61), out _, out _));
    }

    [Property]
    public bool Reading_a_name_again_changes_nothing(string? written) =>
        !RoomName.TryParse(written, out var once, out _) || (RoomName.TryParse(once.Value, out var twice, out _) && once == twice);
}

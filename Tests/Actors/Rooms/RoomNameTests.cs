using WebChat.Actors.Rooms;

namespace WebChat.Tests.Actors.Rooms;

public class RoomNameTests
{
    [Fact]
    public void A_name_is_trimmed_and_has_60_characters_at_the_most()
    {
        Assert.True(RoomName.TryParse($" {new string('é', 60)} ", out var name, out _));
        Assert.Equal(60, name.Value.Length);
        Assert.False(RoomName.TryParse(new string('é', 61), out _, out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    [InlineData("two\nlines")]
    public void What_is_no_name_is_refused(string? written) => Assert.False(RoomName.TryParse(written, out _, out _));
}

using WebChat.Actors.Rooms;

namespace WebChat.Tests.Actors.Rooms;

public class ClientIdTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("01a2037c-72ad-73e3")]
    [InlineData("a b")]
    public void An_id_is_taken_as_it_is(string written)
    {
        Assert.True(ClientId.TryParse(written, out var id, out _));
        Assert.Equal(written, id.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("a\nb")]
    [InlineData("a\tb")]
    public void What_could_be_mistaken_for_another_id_is_refused(string? written) => Assert.False(ClientId.TryParse(written, out _, out _));

    [Fact]
    public void An_id_has_64_characters_at_the_most()
    {
        Assert.True(ClientId.TryParse(new string('a', 64), out _, out _));
        Assert.False(ClientId.TryParse(new string('a', 65), out _, out _));
    }
}

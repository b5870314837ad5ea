using Akka.Actor;

namespace WebChat.Tests.Standins.Akka;

public sealed class ActorPathTests
{
    [Theory]
    [InlineData("akka://sys/")]
    [InlineData("akka://sys/user")]
    [InlineData("akka://sys/user/a/b")]
    [InlineData("akka.tcp://sys@host:4053/user/a")]
    public void A_path_reads_as_it_is_written(string text)
    {
        var path = ActorPath.Parse(text);
        Assert.Equal(text, path.ToString());
        Assert.Equal(path, ActorPath.Parse(text));
        Assert.Equal(path.GetHashCode(), ActorPath.Parse(text).GetHashCode());
    }

    [Fact]
    public void A_path_knows_its_parts()
    {
        var path = ActorPath.Parse("akka://sys/user/a/b#42");
        Assert.Equal("b", path.Name);
        Assert.Equal(42, path.Uid);
        Assert.Equal(3, path.Depth);
        Assert.Equal(["user", "a", "b"], path.Elements);
        Assert.Equal("akka://sys/user/a", path.Parent.ToString());
        Assert.Equal("akka://sys/", path.Root.ToString());
        Assert.Equal("akka://sys/user/a/b#42", path.ToStringWithUid());
        Assert.Equal("/user/a/b", path.ToStringWithoutAddress());
        Assert.Equal(new Address("akka", "sys"), path.Address);
    }

    [Fact]
    public void Equality_leaves_the_uid_out()
    {
        var path = ActorPath.Parse("akka://sys/user/a");
        Assert.Equal(path, path.WithUid(1));
        Assert.Equal(path, new RootActorPath(new Address("akka", "sys")) / "user" / "a");
        Assert.NotEqual(path, path / "b");
        Assert.NotEqual(path, ActorPath.Parse("akka://other/user/a"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("user/a")]
    [InlineData("no-scheme")]
    [InlineData("akka://sys@host/user")]
    public void What_is_no_path_is_refused(string text)
    {
        Assert.False(ActorPath.TryParse(text, out _));
        Assert.Throws<UriFormatException>(() => ActorPath.Parse(text));
    }

    [Fact]
    public void An_address_may_be_local_or_not()
    {
        var local = Address.Parse("akka://sys");
        Assert.True(local.HasLocalScope);
        var remote = Address.Parse("akka.tcp://sys@host:4053");
        Assert.True(remote.HasGlobalScope);
        Assert.Equal("host", remote.Host);
        Assert.Equal(4053, remote.Port);
        Assert.Equal("akka.tcp", remote.Protocol);
        Assert.Equal("sys", remote.System);
        Assert.NotEqual(local, remote);
    }
}

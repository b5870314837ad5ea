using WebChat.Actors.Options;

namespace WebChat.Tests.Actors.Options;

public sealed class PushOptionsTests
{
    [Theory]
    [InlineData("https://fcm.googleapis.com/fcm/send/x", true)]
    [InlineData("https://web.push.apple.com/x", true)]
    [InlineData("https://push.apple.com/x", false)]
    [InlineData("https://evilpush.apple.com/x", false)]
    [InlineData("https://fcm.googleapis.com.evil.example/x", false)]
    [InlineData("https://fcm.googleapis.com:8443/x", false)]
    [InlineData("https://user@fcm.googleapis.com/x", false)]
    [InlineData("http://fcm.googleapis.com/x", false)]
    [InlineData("https://127.0.0.1/x", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("/x", false)]
    public void Only_the_push_services_of_known_browsers_may_be_called(string endpoint, bool isAllowed) =>
        Assert.Equal(isAllowed, new PushOptions().Allows(endpoint));

    [Fact]
    public void Named_services_replace_those_of_known_browsers()
    {
        var options = new PushOptions { Services = ["https://push.example:8443"] };
        Assert.True(options.Allows("https://push.example:8443/x"));
        Assert.False(options.Allows("https://fcm.googleapis.com/x"));
    }

    [Theory]
    [InlineData("push.example", "")]
    [InlineData("https://push.example/path", "")]
    [InlineData("https://push.example", "somewhere")]
    public void An_unusable_setting_is_named(string service, string contact) =>
        Assert.Single(new PushOptions { Services = [service], Contact = contact }.Validate(new(this)));
}

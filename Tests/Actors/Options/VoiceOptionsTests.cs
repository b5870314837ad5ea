using Microsoft.Extensions.Options;
using WebChat.Actors.Hosting;
using WebChat.Actors.Options;

namespace WebChat.Tests.Actors.Options;

public sealed class VoiceOptionsTests
{
    [Theory]
    [InlineData("", "", "", "", "WebChat:Voice:IceServers:0:Urls")]
    [InlineData("http://stun.example", "", "", "", "WebChat:Voice:IceServers:0:Urls")]
    [InlineData("stun:", "", "", "", "WebChat:Voice:IceServers:0:Urls")]
    [InlineData("turn:turn.example", "", "", "", "WebChat:Voice:IceServers:0:Credential")]
    [InlineData("turn:turn.example", "ann", "", "secret", "WebChat:Voice:IceServers:0:Credential")]
    public void An_unusable_server_is_named(string url, string username, string credential, string secret, string key) =>
        Assert.Contains(Check(url, username, credential, secret).Failures ?? [], failure => failure.StartsWith($"{key}: ", StringComparison.Ordinal));

    [Theory]
    [InlineData("stun:stun.example:3478", "", "", "")]
    [InlineData("turns:turn.example:5349?transport=tcp", "ann", "password", "")]
    [InlineData("turn:turn.example", "", "", "secret")]
    public void A_usable_server_is_accepted(string url, string username, string credential, string secret) =>
        Assert.True(Check(url, username, credential, secret).Succeeded);

    private static ValidateOptionsResult Check(string url, string username, string credential, string secret) =>
        new OptionsCheck<VoiceOptions>("WebChat:Voice").Validate(null, new()
        {
            TurnSecret = secret,
            IceServers = [new() { Urls = url.Length == 0 ? [] : [url], Username = username, Credential = credential }],
        });
}

using Microsoft.Extensions.Configuration;
using WebChat.Actors.Hosting;
using WebChat.Actors.Options;

namespace WebChat.Tests.Actors.Hosting;

public sealed class UnknownKeyCheckTests
{
    private static readonly OptionsSection[] Sections =
        [new("WebChat", typeof(StorageOptions)), new("WebChat:Auth", typeof(AuthOptions)), new("WebChat:Voice", typeof(VoiceOptions))];

    [Theory]
    [InlineData("WebChat:DataDirectory")]
    [InlineData("webchat:datadirectory")]
    [InlineData("WebChat:Auth:BcryptWorkFactor")]
    [InlineData("WebChat:Voice:RingFor")]
    [InlineData("WebChat:Voice:IceServers:12:Username")]
    [InlineData("WebChat:Voice:IceServers:0:Urls:3")]
    [InlineData("Other:Thing")]
    public void A_key_of_an_options_class_is_known(string key) => Assert.Null(Fault(key, "value"));

    [Theory]
    [InlineData("WebChat:DataDirectry", "WebChat:DataDirectory")]
    [InlineData("WebChat:Datadir", "WebChat:Database")]
    [InlineData("WebChat:RingFor", "WebChat:Voice:RingFor")]
    [InlineData("WebChat:Auht:BcryptWorkFactor", "WebChat:Auth:BcryptWorkFactor")]
    [InlineData("WebChat:Voice:IceServers:0:Url:0", "WebChat:Voice:IceServers:0:Urls:0")]
    [InlineData("WebChat:Voice:IceServers:0:Urls", "WebChat:Voice:IceServers:0:Urls:0")]
    [InlineData("WebChat:DatabaseFile", "WebChat:Database")]
    public void An_unknown_key_is_refused_and_the_nearest_known_one_is_named(string key, string nearest) =>
        Assert.Equal($"{key} is not a known setting. Did you mean {nearest}?", Fault(key, "value"));

    [Theory]
    [InlineData("WebChat:Voice")]
    [InlineData("WebChat:Voice:IceServers")]
    public void An_empty_section_or_list_is_accepted(string key) => Assert.Null(Fault(key, ""));

    private static string? Fault(string key, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build();
        return new UnknownKeyCheck(configuration, Sections).Validate(null, new()).FailureMessage;
    }
}

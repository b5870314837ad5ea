using WebChat.Actors.Hosting;
using WebChat.Edge.Hosting;

namespace WebChat.Tests.Edge.Hosting;

public class ProxyOptionsTests
{
    [Theory]
    [InlineData("10.0.0.5", "10.0.0.5/32")]
    [InlineData("::1", "::1/128")]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("2001:db8::/32", "2001:db8::/32")]
    public void An_address_or_a_network_is_accepted_as_a_proxy(string text, string network)
    {
        var options = new ProxyOptions { Proxies = [text] };
        Assert.True(new OptionsCheck<ProxyOptions>("WebChat").Validate(null, options).Succeeded);
        Assert.Equal(network, Assert.Single(options.Networks).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("proxy.example")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/")]
    [InlineData("*")]
    public void An_invalid_proxy_is_named_at_start(string text) =>
        Assert.Contains($"\"{text}\"", new OptionsCheck<ProxyOptions>("WebChat").Validate(null, new() { Proxies = [text] }).FailureMessage, StringComparison.Ordinal);
}

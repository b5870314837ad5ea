using Microsoft.Extensions.DependencyInjection;
using WebChat.Actors.Hosting;
using WebChat.Tests.Requires;

namespace WebChat.Tests.Edge;

public sealed class ConfigurationReferenceTests
{
    [Fact]
    public async Task The_configuration_reference_is_current()
    {
        var file = Path.Combine(Repository.Root, "docs", "configuration.md");
        await using var app = Program.Build([]);
        var reference = ConfigurationReference.Of(app.Services.GetServices<OptionsSection>());

        if (Environment.GetEnvironmentVariable("WEBCHAT_DOCS") == "1")
            await File.WriteAllTextAsync(file, reference);
        Assert.True(reference == await File.ReadAllTextAsync(file), "docs/configuration.md is not current: run this test with WEBCHAT_DOCS=1.");
    }
}

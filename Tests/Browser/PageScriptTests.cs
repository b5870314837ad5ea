using System.Diagnostics;
using WebChat.Tests.Requires;

namespace WebChat.Tests.Browser;

public sealed class PageScriptTests
{
    [NodeFact]
    public async Task The_scripts_of_the_page_pass_their_own_tests()
    {
        var start = new ProcessStartInfo(Programs.Node!)
        {
            WorkingDirectory = Path.Combine(Repository.Root, "Tests", "Browser", "web"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("--test");
        using var node = Process.Start(start)!;
        var output = node.StandardOutput.ReadToEndAsync();
        var errors = node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await output + await errors);
        Assert.Contains("# pass ", await output, StringComparison.Ordinal);
    }
}

namespace WebChat.Tests.Bench;

/// <summary>A few mutated inputs of each kind, always the same ones. A long run is started by hand: docs/reliability.md.</summary>
public sealed class FuzzToolTests
{
    [Fact]
    public async Task Mutated_inputs_find_no_fault()
    {
        var (exitCode, output) = await BenchProgram.RunAsync("fuzz --iterations 40 --rate 1000 --seed 1");
        Assert.True(exitCode == 0, output);
        Assert.Contains("0 findings", output);
    }

    [Theory]
    [InlineData("fuzz --only tcp", "tcp")]
    [InlineData("fuzz --rate 0", "--rate must be 1 to 10000")]
    [InlineData("fuzz --iterations 0", "--iterations must be 1 to")]
    public async Task An_option_that_cannot_be_is_named(string arguments, string named)
    {
        var (exitCode, output) = await BenchProgram.RunAsync(arguments);
        Assert.Equal(1, exitCode);
        Assert.Contains(named, output);
    }
}

using WebChat.Tests.Edge;

namespace WebChat.Tests.Interop;

/// <summary>One Edge and one Node.js for all scenarios of a class, which run one after the other and leave no user searching.</summary>
public sealed class SharedEdge : IAsyncLifetime
{
    private EdgeProcess? _edge;
    private NodeScenarios? _scenarios;

    /// <summary>The scenarios.</summary>
    internal NodeScenarios Scenarios => _scenarios ?? throw new InvalidOperationException("Not started: there is no Node.js here.");

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        // Nothing is started if every scenario is skipped.
        if (!NodeScenarios.CanRun)
            return;
        _edge = await EdgeProcess.StartAsync();
        _scenarios = new NodeScenarios(_edge);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_scenarios is not null)
            await _scenarios.DisposeAsync();
        if (_edge is not null)
            await _edge.DisposeAsync();
    }
}

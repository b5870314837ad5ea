using WebChat.Tests.Edge;

namespace WebChat.Tests.Interop;

/// <summary>One Edge for all scenarios of a class, which run one after the other and leave no user searching.</summary>
public sealed class SharedEdge : IAsyncLifetime
{
    private EdgeProcess? _process;

    /// <summary>The running Edge.</summary>
    public EdgeProcess Process => _process ?? throw new InvalidOperationException("Not started: there is no Node.js here.");

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        // Nothing is started if every scenario is skipped.
        if (NodeScenario.CanRun)
            _process = await EdgeProcess.StartAsync();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
    }
}

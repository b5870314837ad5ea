using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using WebChat.Actors.Hosting;
using WebChat.Actors.Telemetry;

namespace WebChat.Tests;

/// <summary>Instruments without a listener, for objects that a test makes itself.</summary>
internal static class Unmeasured
{
    public static ChatMetrics Metrics() =>
        new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>(), new FailingEntities());
}

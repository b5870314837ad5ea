using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit;

namespace WebChat.Tests.Actors;

/// <summary>A scheduler with virtual time, including the monotonic clock.</summary>
public sealed class VirtualScheduler(Config config, ILoggingAdapter log) : TestScheduler(config, log), ITimeProvider
{
    private static readonly DateTimeOffset Origin = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    TimeSpan ITimeProvider.MonotonicClock => Now - Origin;

    TimeSpan ITimeProvider.HighResMonotonicClock => Now - Origin;
}

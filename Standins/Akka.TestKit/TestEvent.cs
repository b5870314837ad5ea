using Akka.Actor;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>What is published to tell a <see cref="TestEventListener"/> what to keep out of the log.</summary>
internal static class TestEvent
{
    /// <summary>Keep out what one of the filters recognizes.</summary>
    internal sealed record Mute(IReadOnlyCollection<EventFilterBase> Filters) : INoSerializationVerificationNeeded;

    /// <summary>Let it in again.</summary>
    internal sealed record Unmute(IReadOnlyCollection<EventFilterBase> Filters) : INoSerializationVerificationNeeded;

    /// <summary>Say when everything that was logged before has been looked at.</summary>
    internal sealed record Flush(TaskCompletionSource Done) : INoSerializationVerificationNeeded;
}

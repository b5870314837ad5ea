using Akka.Actor;
using Akka.Event;

namespace Akka.Pattern;

/// <summary>
/// An actor that keeps one child alive with growing pauses between its lives, so that what made the child stop has
/// time to get well. Messages are passed on to the child, and what the child tells it to its own parent.
/// </summary>
public sealed class BackoffSupervisor
{
    private BackoffSupervisor()
    {
    }

    /// <summary>A supervisor as the options say.</summary>
    public static Props Props(BackoffOptions options) => options.Props;

    /// <summary>A supervisor as of <see cref="Backoff.OnStop(Akka.Actor.Props, string, TimeSpan, TimeSpan, double)"/>.</summary>
    public static Props Props(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) =>
        Backoff.OnStop(childProps, childName, minBackoff, maxBackoff, randomFactor).Props;

    /// <summary>A supervisor as of <see cref="Backoff.OnStop(Akka.Actor.Props, string, TimeSpan, TimeSpan, double, int)"/>.</summary>
    public static Props Props(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries) =>
        Backoff.OnStop(childProps, childName, minBackoff, maxBackoff, randomFactor, maxNrOfRetries).Props;

    /// <summary>Asks for the child; the answer is <see cref="CurrentChild"/>.</summary>
    public sealed class GetCurrentChild
    {
        /// <summary>The only instance.</summary>
        public static readonly GetCurrentChild Instance = new();

        private GetCurrentChild()
        {
        }
    }

    /// <summary>The child; <see cref="ActorRefs.Nobody"/> during a pause.</summary>
    public sealed class CurrentChild(IActorRef @ref)
    {
        /// <summary>The child.</summary>
        public IActorRef Ref { get; } = @ref;
    }

    /// <summary>Begins again with the shortest pause.</summary>
    public sealed class Reset
    {
        /// <summary>The only instance.</summary>
        public static readonly Reset Instance = new();

        private Reset()
        {
        }
    }

    /// <summary>Asks how often the child was made anew; the answer is <see cref="RestartCount"/>.</summary>
    public sealed class GetRestartCount
    {
        /// <summary>The only instance.</summary>
        public static readonly GetRestartCount Instance = new();

        private GetRestartCount()
        {
        }
    }

    /// <summary>How often the child was made anew since the last reset.</summary>
    public sealed class RestartCount(int count)
    {
        /// <summary>How often.</summary>
        public int Count { get; } = count;
    }

    /// <summary>The pause is over.</summary>
    public sealed class StartChild : IDeadLetterSuppression
    {
        /// <summary>The only instance.</summary>
        public static readonly StartChild Instance = new();

        private StartChild()
        {
        }
    }

    /// <summary>The child has lived long enough; <paramref name="current"/> is the count that this was scheduled at.</summary>
    public sealed class ResetRestartCount(int current) : IDeadLetterSuppression
    {
        /// <summary>The count that this was scheduled at.</summary>
        public int Current { get; } = current;
    }
}

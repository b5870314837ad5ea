namespace Akka.Actor;

/// <summary>Does things later.</summary>
public interface IScheduler : ITellScheduler, ITimeProvider
{
    /// <summary>The part that runs code.</summary>
    IAdvancedScheduler Advanced { get; }
}

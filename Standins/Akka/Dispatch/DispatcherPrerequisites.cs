using Akka.Actor;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>What a system has for its dispatchers.</summary>
internal sealed record DispatcherPrerequisites(EventStream EventStream, IScheduler Scheduler, Settings Settings) : IDispatcherPrerequisites;

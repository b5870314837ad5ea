using Akka.Actor;

namespace WebChat.Tests.Standins.Persistence;

/// <summary>A journal that never answers.</summary>
public sealed class SilentJournal : UntypedActor
{
    protected override void OnReceive(object message)
    {
    }
}

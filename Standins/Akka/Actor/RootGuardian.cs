namespace Akka.Actor;

/// <summary>Stands above the guardians of users and system, and ends when the system's has.</summary>
internal sealed class RootGuardian : ActorBase
{
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Follow follow:
                Context.Watch(follow.SystemGuardian);
                return true;
            case Terminated:
                Context.Stop(Self);
                return true;
            default:
                return false;
        }
    }

    protected override SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.StoppingStrategy;

    internal sealed record Follow(IActorRef SystemGuardian);
}

namespace Akka.Actor;

/// <summary>An actor with a stash, without a limit unless its <see cref="Props"/> give it one.</summary>
public interface IWithStash : IWithUnrestrictedStash
{
}

using Akka.Actor;

namespace WebChat.Tests.Standins.Persistence;

/// <summary>The parent of one notebook, which lets it go on after every failure.</summary>
public sealed class ResumingParent : ReceiveActor
{
    public ResumingParent(string persistenceId)
    {
        var options = new NotebookOptions();
        var child = Context.ActorOf(Props.Create(() => new Notebook(persistenceId, options)));
        ReceiveAny(_ => Sender.Tell(child));
    }

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Resume);
}

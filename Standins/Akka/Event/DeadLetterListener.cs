using Akka.Actor;

namespace Akka.Event;

/// <summary>Logs the first dead letters, as many as <c>akka.log-dead-letters</c> says.</summary>
public class DeadLetterListener : ActorBase
{
    private readonly int _most = Context.System.Settings.LogDeadLetters;
    private readonly bool _duringShutdown = Context.System.Settings.LogDeadLettersDuringShutdown;
    private int _count;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(DeadLetter));
        Context.System.EventStream.Subscribe(Self, typeof(Dropped));
        if (Context.System.Settings.DebugUnhandledMessage) Context.System.EventStream.Subscribe(Self, typeof(UnhandledMessage));
    }

    /// <inheritdoc/>
    protected override void PostRestart(Exception reason)
    {
    }

    /// <inheritdoc/>
    protected override bool Receive(object message)
    {
        if (message is not AllDeadLetters letter) return false;
        var log = Context.System.Log;
        if (letter is UnhandledMessage)
        {
            log.Debug("Unhandled message from {0} to {1}: {2}", letter.Sender, letter.Recipient, letter.Message);
            return true;
        }

        if (!_duringShutdown && ((ActorSystemImpl)Context.System).Guardian.IsTerminated) return true;
        _count++;
        var reason = letter is Dropped dropped ? dropped.Reason : "not delivered";
        log.Info(
            "Message [{0}] from {1} to {2} was {3}. [{4}] dead letters encountered{5}",
            letter.Message.GetType().Name,
            letter.Sender,
            letter.Recipient,
            reason,
            _count,
            _count >= _most ? ", no more dead letters will be logged." : ". This logging can be turned off with 'akka.log-dead-letters' and 'akka.log-dead-letters-during-shutdown'.");
        if (_count >= _most) Context.Stop(Self);
        return true;
    }
}

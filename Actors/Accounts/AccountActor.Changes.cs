using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using WebChat.Actors.Accounts.Erasure;
using WebChat.Actors.Hosting;

namespace WebChat.Actors.Accounts;

/// <content>Changes by a logged-in user, and account deletion.</content>
public sealed partial class AccountActor
{
    private readonly Queue<(IActorRef Asker, long Tag)> _emptying = [];

    private void ReceiveChanges()
    {
        Command<AccountCommands.ChangePassword>(ChangePassword);
        Command<AccountCommands.Delete>(Delete);
        Command<AccountCommands.Revoke>(c => Carry(c, State.Revoke(c, Now), () => new Done()));
        Command<AccountQueries.GetLogIns>(c => Carry(c, State.Authorize(c.Caller), () => new AccountReplies.LogInsAre(Durable.LogIns(Now))));
        Command<AccountCommands.Erase>(Erase);
        Command<ErasureSure>(sure => Carry(sure.For, State.Erase(sure.For.Caller.User, Now), () => new Done()));
        Command<ErasureUnsure>(unsure => Sender.Tell(unsure.Why with { Tag = unsure.For.Tag }));
        Command<DeleteMessagesSuccess>(_ => Emptied(new Done()));
        Command<DeleteMessagesFailure>(failed =>
        {
            Log.Warning(failed.Cause, "The rows of a deleted account were not deleted");
            Emptied(new Rejection(ErrorCode.Unavailable, "Please try again in a moment."));
        });
    }

    private void ChangePassword(AccountCommands.ChangePassword change)
    {
        var token = RefreshToken.New(_username, change.Caller.Family);
        Carry(change, State.ChangePassword(change, token, _lifetime, Now), () => LoggedIn(token));
    }

    // The erasure is persisted first and cannot be stopped after that. Only then does the account delete itself.
    private void Delete(AccountCommands.Delete delete)
    {
        if (State.Confirm(delete.Caller, delete.Password, "password").Rejection is { } refusal)
        {
            Sender.Tell(refusal with { Tag = delete.Tag });
            return;
        }

        _erasures.ActorRef.Ask<Reply>(new ErasureCommands.Request(delete.Caller.User, delete.Username), AskTimeouts.BetweenEntities).PipeTo(
            Self,
            Sender,
            success: reply => reply is Rejection refusal ? new ErasureUnsure(delete, refusal) : new ErasureSure(delete),
            failure: _ => new ErasureUnsure(delete, new(ErrorCode.Unavailable, "Please try again in a moment.")));
    }

    private void Erase(AccountCommands.Erase command)
    {
        Commit(command, State.Erase(command.User, Now).Events, asker =>
        {
            // The account does not exist, or the name belongs to another user by now.
            if (State.SignedUp is not null || LastSequenceNr == 0)
            {
                asker.Tell(new Done { Tag = command.Tag });
                return;
            }

            _emptying.Enqueue((asker, command.Tag));
            DeleteSnapshots(new SnapshotSelectionCriteria(LastSequenceNr));
            DeleteMessages(LastSequenceNr);
        });
    }

    protected override void PostStop()
    {
        base.PostStop();
        while (_emptying.Count > 0)
            Emptied(new Rejection(ErrorCode.Unavailable, "Please try again in a moment."));
    }

    private void Emptied(Reply reply)
    {
        if (_emptying.TryDequeue(out var waiting))
            waiting.Asker.Tell(reply with { Tag = waiting.Tag });
    }

    private sealed record ErasureSure(AccountCommands.Delete For) : INoSerializationVerificationNeeded;

    private sealed record ErasureUnsure(AccountCommands.Delete For, Rejection Why) : INoSerializationVerificationNeeded;
}

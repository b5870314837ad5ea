using Akka.Actor;
using Akka.Event;
using Akka.Hosting;
using Akka.Persistence;
using WebChat.Actors.Accounts.Erasure;
using WebChat.Actors.Hosting;
using WebChat.Actors.Users;

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
        Command<Asked>(GoOn);
        Command<DeleteMessagesSuccess>(_ => Emptied(new Done()));
        Command<DeleteMessagesFailure>(failed =>
        {
            Log.Warning(failed.Cause, "The rows of a deleted account were not deleted");
            Emptied(Rejection.TryAgain());
        });
    }

    private void ChangePassword(AccountCommands.ChangePassword change)
    {
        var token = RefreshToken.New(change.Username, change.Caller.Family);
        Carry(change, State.ChangePassword(change, token, _lifetime, Now), () => LoggedIn(token));
    }

    private void Delete(AccountCommands.Delete delete)
    {
        if (State.Confirm(delete.Caller, delete.Password, "password").Rejection is { } refusal)
            Sender.Tell(refusal with { Tag = delete.Tag });
        else
            Delete(delete, delete.Username);
    }

    // The erasure is persisted first and cannot be stopped after that. Only then does the account delete itself.
    private void Delete(Request request, Username username)
    {
        var user = new UserId(State.SignedUp!.UserId);
        AskFirst(_erasures, new ErasureCommands.Request(user, username), request, () => Carry(request, State.Erase(user, Now), () => new Done()));
    }

    // Another entity persists its part of a request first. Its rejection, or its silence, is the answer to the request.
    private void AskFirst<TRegion>(IRequiredActor<TRegion> other, Request question, Request request, Action then) =>
        other.ActorRef.Ask<Reply>(question, AskTimeouts.BetweenEntities).PipeTo(
            Self,
            Sender,
            success: reply => new Asked(request, reply as Rejection, then),
            failure: _ => new Asked(request, Rejection.TryAgain(), then));

    private void GoOn(Asked asked)
    {
        if (asked.Refusal is { } refusal)
            Sender.Tell(refusal with { Tag = asked.For.Tag });
        else
            asked.Then();
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
            Emptied(Rejection.TryAgain());
    }

    private void Emptied(Reply reply)
    {
        if (_emptying.TryDequeue(out var waiting))
            waiting.Asker.Tell(reply with { Tag = waiting.Tag });
    }

    private sealed record Asked(Request For, Rejection? Refusal, Action Then) : INoSerializationVerificationNeeded;
}

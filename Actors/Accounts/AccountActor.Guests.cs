using Akka.Actor;
using WebChat.Actors.Accounts.Guests;
using WebChat.Actors.Hosting;

namespace WebChat.Actors.Accounts;

/// <content>
/// Guests. A guest's account has the user's id as its key. To keep it, the guest moves to the account of the chosen user name: the
/// choice is persisted first, then the other account is created, then this one forwards to it whatever comes for it.
/// </content>
public sealed partial class AccountActor : IWithTimers
{
    private static readonly TimeSpan MoveAgainAfter = TimeSpan.FromSeconds(2);

    public ITimerScheduler Timers { get; set; } = null!;

    protected override bool MayRest => !State.IsMoving;

    protected override void Recovered()
    {
        if (State.IsMoving)
            Move(keep: null);
    }

    // Comes before the handlers of all requests.
    private void ReceiveGuests()
    {
        Command<AccountRequest>(request => _accounts.ActorRef.Forward(request with { Username = State.KeptAs!.Value }), _ => State.KeptAs is not null);
        Command<AccountRequest>(_ => Stash.Stash(), _ => State.IsMoving);
        Command<AccountCommands.StartAsGuest>(StartAsGuest);
        Command<AccountCommands.Keep>(Keep);
        Command<AccountCommands.Adopt>(Adopt);
        Command<AccountCommands.Expire>(Expire);
        Command<Adopted>(Moved);
        Command<MoveAgain>(_ =>
        {
            if (State.IsMoving)
                Move(keep: null);
        });
    }

    // The list has every guest, so that an unused one is always found.
    private void StartAsGuest(AccountCommands.StartAsGuest command) => AskFirst(_guests, new GuestCommands.Note(command.User), command, () =>
    {
        var token = NewLogIn(command.Username);
        Carry(command, State.StartAsGuest(command, token, _lifetime, Now), () => LoggedIn(token));
    });

    private void Expire(AccountCommands.Expire command)
    {
        if (!State.IsGuest)
            Carry(command, Decision.Nothing, () => new Done());
        else if (State.LastUsed is var at && at > command.Since)
            Carry(command, Decision.Nothing, () => new AccountReplies.LastUsed(at));
        else
            Delete(command, command.Username);
    }

    private void Keep(AccountCommands.Keep command)
    {
        var decision = State.RequestKeep(command, Now);
        if (decision.Rejection is { } rejection)
            Sender.Tell(rejection with { Tag = command.Tag });
        else
            Commit(command, decision.Events, asker => Move(command, asker));
    }

    private void Move(AccountCommands.Keep? keep, IActorRef? asker = null) =>
        _accounts.ActorRef.Ask<Reply>(State.Adoption(), AskTimeouts.BetweenEntities).PipeTo(
            Self,
            asker ?? ActorRefs.Nobody,
            success: reply => new Adopted(reply, keep?.Tag ?? 0),
            failure: _ => new Adopted(Rejection.TryAgain(), keep?.Tag ?? 0));

    private void Moved(Adopted adopted)
    {
        var (asker, reply) = (Sender, adopted.Reply with { Tag = adopted.Tag });
        if (reply is AccountReplies.LoggedIn)
            Commit(AccountState.NoteKept(Now).Events, () => asker.Tell(reply));
        else if (reply is Rejection { Code: ErrorCode.AlreadyExists })
            Commit(AccountState.NoteTaken(Now).Events, () => asker.Tell(reply));
        else
        {
            asker.Tell(reply);
            Timers.StartSingleTimer(MoveAgain.Instance, MoveAgain.Instance, MoveAgainAfter);
            return;
        }

        Stash.UnstashAll();
    }

    private void Adopt(AccountCommands.Adopt command)
    {
        var token = RefreshToken.New(command.Username, new(command.Last.FamilyId));
        Carry(command, State.Adopt(command, token, _lifetime, Now), () => LoggedIn(token));
    }

    private sealed record Adopted(Reply Reply, long Tag) : INoSerializationVerificationNeeded;

    private sealed record MoveAgain : INoSerializationVerificationNeeded { public static readonly MoveAgain Instance = new(); }
}

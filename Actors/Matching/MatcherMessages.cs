using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Actors.Matching;

/// <summary>A request to the matcher. There is a single matcher, so that no user can wait in two modes.</summary>
public abstract record MatcherRequest(UserId UserId) : Request
{
    /// <summary>The key of the single matcher.</summary>
    public const string MatcherId = "all";

    public override string EntityId => MatcherId;
}

/// <summary>The commands of the matcher.</summary>
public static class MatcherCommands
{
    /// <summary>Starts a search; answered by <see cref="MatcherReplies.SearchIs"/>. A user keeps the place in the same mode and loses it in another.</summary>
    /// <param name="UserId">The user.</param>
    /// <param name="Mode">The mode.</param>
    /// <param name="Seeker">The profile.</param>
    /// <param name="IsPresent">Whether the user has a connected client. Without one the search is paused.</param>
    public sealed record Enqueue(UserId UserId, Mode Mode, Seeker Seeker, bool IsPresent = true) : MatcherRequest(UserId);

    /// <summary>Notes whether the user has a connected client, which pauses or resumes a search. Not answered.</summary>
    public sealed record NotePresence(UserId UserId, bool IsPresent) : IEntityMessage
    {
        public string EntityId => MatcherRequest.MatcherId;
    }

    /// <summary>Applies a changed profile to a waiting user at once; answered by <see cref="MatcherReplies.SearchIs"/>.</summary>
    public sealed record Reconsider(UserId UserId, Seeker Seeker) : MatcherRequest(UserId);

    /// <summary>Ends a search; answered by <see cref="MatcherReplies.SearchIs"/>. An existing pair stays.</summary>
    public sealed record Withdraw(UserId UserId, Withdrawn.Types.Reason Reason) : MatcherRequest(UserId);
}

/// <summary>The queries of the matcher.</summary>
public static class MatcherQueries
{
    /// <summary>Answered by <see cref="MatcherReplies.SearchIs"/>.</summary>
    public sealed record GetSearch(UserId UserId) : MatcherRequest(UserId);

    /// <summary>Answered by <see cref="MatcherReplies.WaitingAre"/>.</summary>
    public sealed record CountWaiting : Request
    {
        public override string EntityId => MatcherRequest.MatcherId;
    }
}

/// <summary>The answers of the matcher.</summary>
public static class MatcherReplies
{
    /// <param name="State">Not to be changed by the receiver.</param>
    public sealed record SearchIs(SearchState State) : Reply;

    /// <param name="Count">The number of searching users.</param>
    public sealed record WaitingAre(int Count) : Reply;
}

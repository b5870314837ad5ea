using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Actors.Matching;

/// <summary>A request to the matcher. There is one matcher, so that nobody can wait in two modes at once.</summary>
public abstract record MatcherRequest(UserId UserId) : Request
{
    /// <summary>The key of the one matcher.</summary>
    public const string MatcherId = "all";

    public override string EntityId => MatcherId;
}

/// <summary>What the matcher can be asked to do.</summary>
public static class MatcherCommands
{
    /// <summary>Somebody starts to search; answered by <see cref="MatcherReplies.SearchIs"/>. Who waits in this mode keeps the place; who waits in another changes over.</summary>
    public sealed record Enqueue(UserId UserId, Mode Mode, Seeker Seeker) : MatcherRequest(UserId);

    /// <summary>What a person says of themselves has changed, which counts at once if that person waits; answered by <see cref="MatcherReplies.SearchIs"/>.</summary>
    public sealed record Reconsider(UserId UserId, Seeker Seeker) : MatcherRequest(UserId);

    /// <summary>Ends a search; answered by <see cref="MatcherReplies.SearchIs"/>. A pair that was made stays.</summary>
    public sealed record Withdraw(UserId UserId, Withdrawn.Types.Reason Reason) : MatcherRequest(UserId);
}

/// <summary>What the matcher can be asked.</summary>
public static class MatcherQueries
{
    /// <summary>Answered by <see cref="MatcherReplies.SearchIs"/>. Asking shows that the user is there.</summary>
    public sealed record GetSearch(UserId UserId) : MatcherRequest(UserId);

    /// <summary>Answered by <see cref="MatcherReplies.WaitingAre"/>.</summary>
    public sealed record CountWaiting : Request
    {
        public override string EntityId => MatcherRequest.MatcherId;
    }
}

/// <summary>What the matcher answers.</summary>
public static class MatcherReplies
{
    /// <param name="State">Not to be changed by who receives it.</param>
    public sealed record SearchIs(SearchState State) : Reply;

    /// <param name="Count">How many people search.</param>
    public sealed record WaitingAre(int Count) : Reply;
}

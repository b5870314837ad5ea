using WebChat.Actors.Hosting;

namespace WebChat.Tests.Actors;

/// <summary>Applies decisions to a state.</summary>
internal static class StateSteps
{
    /// <summary>The state after a decision, which must not be a rejection.</summary>
    public static TState After<TState>(this TState state, Func<TState, Decision> decide) where TState : IEntityState<TState>
    {
        var decision = decide(state);
        Assert.Null(decision.Rejection);
        return decision.Events.Aggregate(state, (s, journaled) => s.Apply(journaled));
    }
}

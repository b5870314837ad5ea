using Akka.Actor;
using Akka.Hosting;
using WebChat.Actors;
using WebChat.Edge.Errors;

namespace WebChat.Edge.Services;

/// <summary>Asks the entities of one region.</summary>
/// <typeparam name="TKey">The region's key (see Actors/Hosting/Regions.cs).</typeparam>
public sealed class Region<TKey>(IRequiredActor<TKey> region)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Asks, and waits up to 10 seconds.</summary>
    /// <exception cref="RejectedException">The entity refused, or its answer did not come in time.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits for the answer any more; what was asked may happen all the same.</exception>
    public async Task<TReply> Ask<TReply>(Request request, CancellationToken cancellation)
        where TReply : Reply =>
        await region.ActorRef.Ask<Reply>(request, Patience, cancellation) switch
        {
            TReply reply => reply,
            Rejection rejection => throw new RejectedException(rejection),
            var other => throw new InvalidOperationException($"{request.GetType()} was answered by {other.GetType()}, not by {typeof(TReply)}."),
        };
}

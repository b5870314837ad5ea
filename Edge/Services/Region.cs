using Akka.Actor;
using Akka.Hosting;
using WebChat.Actors;
using WebChat.Edge.Errors;

namespace WebChat.Edge.Services;

/// <summary>Asks the entities of one region.</summary>
/// <typeparam name="TKey">The region's key (see Actors/Hosting/Regions.cs).</typeparam>
public sealed class Region<TKey>(IRequiredActor<TKey> region)
{
    /// <exception cref="RejectedException">The entity rejected the request.</exception>
    /// <exception cref="AskTimeoutException">The answer did not come within <see cref="AskTimeouts.FromEdge"/>.</exception>
    /// <exception cref="OperationCanceledException">The caller disconnected. The request may still be carried out.</exception>
    public async Task<TReply> Ask<TReply>(Request request, CancellationToken cancellation)
        where TReply : Reply =>
        await region.ActorRef.Ask<Reply>(request, AskTimeouts.FromEdge, cancellation) switch
        {
            TReply reply => reply,
            Rejection rejection => throw new RejectedException(rejection),
            var other => throw new InvalidOperationException($"{request.GetType()} was answered by {other.GetType()}, not by {typeof(TReply)}."),
        };
}

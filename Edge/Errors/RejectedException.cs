using WebChat.Actors;

namespace WebChat.Edge.Errors;

/// <summary>Carries a rejection to the transport, which sends it to the client.</summary>
public sealed class RejectedException(Rejection rejection) : Exception(rejection.Message)
{
    public Rejection Rejection => rejection;

    /// <summary>An invalid field.</summary>
    /// <param name="field">In the contract's spelling.</param>
    /// <param name="why">Completes a sentence that begins with the field's name.</param>
    public static RejectedException Invalid(string field, string why) =>
        new(new Rejection(ErrorCode.InvalidArgument, $"{field} {why}.", field));
}

using WebChat.Actors;

namespace WebChat.Edge.Errors;

/// <summary>Carries a rejection past the calls that have nothing to add, to where the transport says it to the client.</summary>
public sealed class RejectedException(Rejection rejection) : Exception(rejection.Message)
{
    /// <summary>What to tell the client.</summary>
    public Rejection Rejection => rejection;

    /// <summary>A field is not as it should be.</summary>
    /// <param name="field">In the contract's spelling.</param>
    /// <param name="why">Completes a sentence that begins with the field's name.</param>
    public static RejectedException Invalid(string field, string why) =>
        new(new Rejection(ErrorCode.InvalidArgument, $"{field} {why}.", field));
}

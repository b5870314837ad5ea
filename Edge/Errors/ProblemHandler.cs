using Microsoft.AspNetCore.Diagnostics;
using WebChat.Actors;

namespace WebChat.Edge.Errors;

/// <summary>Answers a failed request outside the RPCs with RFC 9457 <c>application/problem+json</c>.</summary>
public sealed class ProblemHandler(Failures failures, IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var rejection = failures.Explain(exception);
        httpContext.Response.StatusCode = ErrorStatus.Of(rejection.Code).Http;
        // A client that does not accept JSON gets the status alone.
        await problems.TryWriteAsync(new()
        {
            HttpContext = httpContext,
            ProblemDetails = { Detail = rejection.Message, Extensions = { ["code"] = rejection.Code.Name() } },
        });
        return true;
    }
}

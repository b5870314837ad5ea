using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using WebChat.Actors;
using WebChat.Edge.Errors;

namespace WebChat.Edge.Http;

/// <summary>Says a rejection as RFC 9457 <c>application/problem+json</c>.</summary>
public static class Problems
{
    /// <summary>Answers with the problem.</summary>
    /// <param name="context">The request to answer.</param>
    /// <param name="rejection">What stands in the way.</param>
    /// <param name="status">The HTTP status where the code's own does not say it best.</param>
    public static Task Write(HttpContext context, Rejection rejection, int? status = null)
    {
        var row = ErrorStatus.Of(rejection.Code);
        var code = rejection.Code.Name();
        var problem = new ProblemDetails
        {
            Type = $"urn:webchat:error:{code}",
            Title = row.Title,
            Status = status ?? row.Http,
            Detail = rejection.Message,
            Extensions = { ["code"] = code },
        };
        if (rejection.Field is { } field)
            problem.Extensions["field"] = field;
        if (rejection.RetryAfter is { } after)
        {
            problem.Extensions["retryAfterMs"] = (long)Math.Ceiling(after.TotalMilliseconds);
            context.Response.Headers[HeaderNames.RetryAfter] = ((long)Math.Ceiling(after.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        context.Response.StatusCode = problem.Status.Value;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(problem, (JsonSerializerOptions?)null, "application/problem+json", context.RequestAborted);
    }
}

using WebChat.Actors.Moderation;
using WebChat.Edge.Errors;

namespace WebChat.Edge.Auth;

/// <summary>Refuses every call of who is banned, however long the token is still good.</summary>
public static class BanCheck
{
    /// <summary>Comes after authentication.</summary>
    public static IApplicationBuilder UseBans(this IApplicationBuilder app)
    {
        var bans = app.ApplicationServices.GetRequiredService<Bans>();
        var time = app.ApplicationServices.GetRequiredService<TimeProvider>();
        return app.Use((context, next) =>
        {
            if (context.User.ToIdentity() is not { } identity || bans.Refusal(identity.User, time.GetUtcNow()) is not { } refusal)
                return next(context);
            return RpcErrors.WriteAsync(context, refusal);
        });
    }
}

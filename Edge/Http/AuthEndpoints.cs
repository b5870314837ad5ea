using WebChat.Edge.Services;
using WebChat.V1;

namespace WebChat.Edge.Http;

/// <summary><c>AuthService</c> as JSON.</summary>
internal static class AuthEndpoints
{
    public static void MapAuth(this IEndpointRouteBuilder v1)
    {
        v1.MapJson<AuthCalls>("POST", "/auth/signup", async (auth, call) => await auth.SignUp(await call.Body<SignUpRequest>(), call.Address, call.Client, call.Aborted)).AllowAnonymous();
        v1.MapJson<AuthCalls>("POST", "/auth/login", async (auth, call) => await auth.LogIn(await call.Body<LogInRequest>(), call.Address, call.Client, call.Aborted)).AllowAnonymous();
        v1.MapJson<AuthCalls>("POST", "/auth/refresh", async (auth, call) => await auth.Refresh(await call.Body<RefreshRequest>(), call.Client, call.Aborted)).AllowAnonymous();
        v1.MapJson<AuthCalls>("POST", "/auth/logout", async (auth, call) => await auth.LogOut(await call.Body<LogOutRequest>(), call.Aborted)).AllowAnonymous();
        v1.MapJson<AuthCalls>("POST", "/auth/password", async (auth, call) =>
            await auth.ChangePassword(await call.Body<ChangePasswordRequest>(), call.Identity, call.Address, call.Client, call.Aborted));
        v1.MapJson<AuthCalls>("GET", "/auth/sessions", async (auth, call) => await auth.ListSessions(call.Identity, call.Aborted));
        v1.MapJson<AuthCalls>("DELETE", "/auth/sessions/{session}", async (auth, call) =>
            await auth.RevokeSession(new() { SessionId = call.Route("session") }, call.Identity, call.Aborted));
        v1.MapJson<AuthCalls>("DELETE", "/auth/account", async (auth, call) =>
            await auth.DeleteAccount(await call.Body<DeleteAccountRequest>(), call.Identity, call.Address, call.Aborted));
    }
}

using WebChat.Edge.Services;
using WebChat.V1;

namespace WebChat.Edge.Http;

/// <summary><c>AuthService</c> as JSON.</summary>
internal static class AuthEndpoints
{
    public static void MapAuth(this IEndpointRouteBuilder v1)
    {
        v1.MapJson<AuthCalls>("POST", "/auth/signup", async (auth, call) => await auth.SignUp(await call.Body<SignUpRequest>(), call.Address, call.Aborted)).AllowAnonymous();
        v1.MapJson<AuthCalls>("POST", "/auth/login", async (auth, call) => await auth.LogIn(await call.Body<LogInRequest>(), call.Address, call.Aborted)).AllowAnonymous();
        v1.MapJson<AuthCalls>("POST", "/auth/refresh", async (auth, call) => await auth.Refresh(await call.Body<RefreshRequest>(), call.Aborted)).AllowAnonymous();
        v1.MapJson<AuthCalls>("POST", "/auth/logout", async (auth, call) => await auth.LogOut(await call.Body<LogOutRequest>(), call.Aborted)).AllowAnonymous();
    }
}

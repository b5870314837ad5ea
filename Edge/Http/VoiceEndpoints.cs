using WebChat.Edge.Services;

namespace WebChat.Edge.Http;

/// <summary><c>VoiceService</c> as JSON.</summary>
internal static class VoiceEndpoints
{
    public static void MapVoice(this IEndpointRouteBuilder v1) =>
        v1.MapJson<VoiceCalls>("GET", "/ice-servers", async (voice, _) => await voice.GetIceServers());
}

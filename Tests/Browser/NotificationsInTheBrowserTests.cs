using WebChat.Tests.Requires;

namespace WebChat.Tests.Browser;

/// <summary>The service worker shows what a push service delivers. The push service itself is the browser's developer tools.</summary>
public sealed class NotificationsInTheBrowserTests : InTheBrowser
{
    private const string Shown = """
        async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, body, tag }) => `${title}: ${body} [${tag}]`)
        """;

    [ChromiumFact]
    public async Task A_closed_page_is_notified_in_its_language_and_an_open_one_is_not()
    {
        await using var window = await Browser.NewContextAsync(new() { Locale = "vi" });
        await window.GrantPermissionsAsync(["notifications"], new() { Origin = Edge.Web.GetLeftPart(UriPartial.Authority) });
        var ann = await Person.ArriveAsync(window, Edge.Web);
        await ann.SignUpAsync(WebChat.Tests.Edge.EdgeServer.NewName(), "Ann");
        await ann.Page.EvaluateAsync("async () => { while (!await caches.match('push-texts', { cacheName: 'push' })) await new Promise(requestAnimationFrame); }");

        var elsewhere = await window.NewPageAsync();
        var devTools = await window.NewCDPSessionAsync(elsewhere);
        var registered = new TaskCompletionSource<string>();
        devTools.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, updated) =>
        {
            foreach (var registration in updated!.Value.GetProperty("registrations").EnumerateArray())
                registered.TrySetResult(registration.GetProperty("registrationId").GetString()!);
        };
        await devTools.SendAsync("ServiceWorker.enable");
        var id = await registered.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Task DeliverAsync(string data) => devTools.SendAsync("ServiceWorker.deliverPushMessage", new()
        {
            ["origin"] = Edge.Web.GetLeftPart(UriPartial.Authority),
            ["registrationId"] = id,
            ["data"] = data,
        });

        await DeliverAsync("""{"kind":"call","count":1}""");
        await ann.Page.CloseAsync();
        await DeliverAsync("""{"kind":"message","count":3}""");

        var again = await window.NewPageAsync();
        await again.GotoAsync(new Uri(Edge.Web, "/healthz").ToString());
        await again.WaitForFunctionAsync("async () => (await (await navigator.serviceWorker.getRegistration('/')).getNotifications()).length > 0");
        await again.GotoAsync(Edge.Web.ToString());
        var shown = (await again.EvaluateAsync(Shown))!.Value.EnumerateArray().Select(one => one.GetString()!).ToArray();
        Assert.Equal(["WebChat: Bạn có tin nhắn mới. (3) [message]"], shown);
    }
}

using Microsoft.Playwright;
using WebChat.Tests.Edge;
using WebChat.Tests.Requires;

namespace WebChat.Tests.Browser;

/// <summary>Tests with one browser and one server, and pages of several users.</summary>
/// <param name="arguments">Further arguments of the browser.</param>
public abstract class InTheBrowser(params string[] arguments) : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private EdgeProcess? _edge;

    private protected IPlaywright Library => _playwright!;

    private protected IBrowser Browser => _browser!;

    private protected EdgeProcess Edge => _edge!;

    public async Task InitializeAsync()
    {
        if (Programs.Chromium is null)
            return; // every test is skipped
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Programs.Chromium, Args = ["--no-sandbox", "--disable-gpu", .. arguments] });
        _edge = await EdgeProcess.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_edge is not null)
            await _edge.DisposeAsync();
    }

    /// <summary>Lets two users find each other.</summary>
    /// <param name="ann">The window of the one; null for a new one.</param>
    private protected async Task<(Person Ann, Person Bob)> MeetAsync(Person? ann = null)
    {
        ann ??= await Person.ArriveAsync(Browser, Edge.Web);
        var bob = await Person.ArriveAsync(Browser, Edge.Web);
        await ann.SignUpAsync(EdgeServer.NewName(), "Ann", "FEMALE", "MALE");
        await bob.SignUpAsync(EdgeServer.NewName(), "Bob", "MALE", "FEMALE", "OTHER");
        await ann.SearchAsync();
        await bob.SearchAsync();
        await ann.MeetsAsync("Bob");
        await bob.MeetsAsync("Ann");
        return (ann, bob);
    }
}

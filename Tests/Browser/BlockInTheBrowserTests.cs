using Microsoft.Playwright;
using WebChat.Tests.Edge;
using WebChat.Tests.Requires;
using static Microsoft.Playwright.Assertions;

namespace WebChat.Tests.Browser;

public sealed class BlockInTheBrowserTests
{
    [ChromiumFact]
    public async Task A_reported_and_blocked_user_sees_the_partner_leave_and_is_listed_until_the_block_is_removed()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Programs.Chromium,
            Args = ["--no-sandbox", "--disable-gpu"],
        });
        await using var edge = await EdgeProcess.StartAsync();
        var ann = await Person.ArriveAsync(browser, edge.Web);
        var bob = await Person.ArriveAsync(browser, edge.Web);
        await ann.SignUpAsync("ann", "Ann", "FEMALE");
        await bob.SignUpAsync("bob", "Bob", "MALE");
        await ann.SearchAsync();
        await bob.SearchAsync();
        await ann.MeetsAsync("Bob");
        await bob.MeetsAsync("Ann");

        await ann.ReportAsync("HARASSMENT", "See for yourself.");
        await Expect(ann.Notice).ToContainTextAsync("Your report has been sent.");
        await ann.BlockAsync();
        await Expect(ann.SearchAgain).ToBeVisibleAsync();
        await Expect(bob.SearchAgain).ToBeVisibleAsync();
        await Expect(bob.Room).ToContainTextAsync("Ann left.");
        await ann.OpenSettingsAsync();
        await Expect(ann.Blocks).ToHaveCountAsync(1);
        await Expect(ann.Blocks).ToContainTextAsync("Bob");
        await ann.UnblockAsync("Bob");

        await Expect(ann.Blocks).ToHaveCountAsync(0);
        await bob.OpenSettingsAsync();
        await Expect(bob.Blocks).ToHaveCountAsync(0);
        Assert.Empty(ann.Complaints);
        Assert.Empty(bob.Complaints);
    }
}

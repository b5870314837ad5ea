using Microsoft.Playwright;
using WebChat.Clients;
using WebChat.Tests.Edge;
using WebChat.Tests.Requires;
using static Microsoft.Playwright.Assertions;

namespace WebChat.Tests.Browser;

public sealed class AdminInTheBrowserTests
{
    [ChromiumFact]
    public async Task An_admin_reads_a_report_bans_the_reported_user_and_lifts_the_ban()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Programs.Chromium,
            Args = ["--no-sandbox", "--disable-gpu"],
        });
        await using var edge = await EdgeProcess.StartAsync();
        using var api = new ChatApi(edge.Web);
        var root = await api.SignUpAsync("Root", V1.Profile.Types.Gender.Other);
        await edge.StopAsync();
        await edge.RunAsync("admin", "grant", root.User.Username);
        await edge.RestartAsync();
        var (ann, bob, admin) = (await Person.ArriveAsync(browser, edge.Web), await Person.ArriveAsync(browser, edge.Web), await Person.ArriveAsync(browser, edge.Web));
        await ann.SignUpAsync("ann", "Ann", "FEMALE");
        await bob.SignUpAsync("bob", "Bob", "MALE");
        await admin.LogInAsync(root.User.Username);
        await ann.SearchAsync();
        await bob.SearchAsync();
        await ann.MeetsAsync("Bob");
        await bob.MeetsAsync("Ann");
        await bob.SayAsync("Something nasty");
        await ann.SeesAsync("Something nasty");
        await ann.ReportAsync("HATE", "");
        await Expect(ann.Notice).ToContainTextAsync("Your report has been sent.");

        await admin.OpenModerationAsync();
        await Expect(admin.Reports).ToContainTextAsync("Bob");
        await Expect(admin.Reports).ToContainTextAsync("1 report by 1 person: hate");
        await admin.LookAsync();
        await Expect(admin.Evidence).ToContainTextAsync("Something nasty");
        await admin.BanAsync(days: 1);
        await Expect(admin.Bans).ToContainTextAsync("Bob");
        await Expect(admin.Reports).ToHaveCountAsync(0);
        await Expect(bob.Banned).ToContainTextAsync("You are banned until");
        await Expect(ann.SearchAgain).ToBeVisibleAsync();
        await admin.UnbanAsync();

        await Expect(admin.Bans).ToHaveCountAsync(0);
        foreach (var person in new[] { ann, bob, admin })
            Assert.Empty(person.Complaints);
    }
}

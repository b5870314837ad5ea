using System.Diagnostics;
using System.Globalization;
using WebChat.Actors.Matching;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Bench.Matching;

/// <summary>
/// What an arrival costs where many wait, on one core: the choice of a partner and taking that partner out of the pool.
/// The pool is filled up again outside the measured time, so that always as many wait.
/// </summary>
public static class MatchBenchmark
{
    private const int Batch = 500;
    private const int Arrivals = 100_000;
    private const int Largest = 1_000_000;
    private static readonly MatchRules Rules = new(TimeSpan.FromSeconds(15), TimeSpan.FromHours(24));
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    /// <summary>Measures and prints a table. Takes some minutes at the most.</summary>
    public static void Run(TextWriter output)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
            Process.GetCurrentProcess().ProcessorAffinity = 1;
        output.WriteLine("| waiting users | waiting | arrivals | matched | arrivals/s | mean | p50 | p99 |");
        output.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var (name, waiting, arriving) in new (string, Func<People, Seeker>, Func<People, Seeker>)[]
        {
            ("men for women; women come with plain profiles", people => people.Man(), people => people.Plain(people.Woman())),
            ("men for women; women come", people => people.Man(), people => people.Woman()),
            ("anybody; anybody comes", people => people.Anybody(), people => people.Anybody()),
            ("men for women; men come, and nobody fits", people => people.Man(), people => people.Man()),
        })
        {
            Measure(name, 1_000, waiting, arriving);
            for (var n = 1_000; n <= Largest; n *= 10)
                output.WriteLine(Measure(name, n, waiting, arriving));
        }
    }

    private static string Measure(string name, int n, Func<People, Seeker> waiting, Func<People, Seeker> arriving)
    {
        var people = new People(seed: 42);
        var now = Start;
        var pool = MatchPool.Empty;
        for (var i = 0; i < n; i++)
            pool = pool.Add(Mode.Chat, waiting(people), now + TimeSpan.FromMilliseconds(i / 1000));
        now += TimeSpan.FromMinutes(2);
        GC.Collect();

        var times = new List<double>();
        var matched = 0;
        var worked = TimeSpan.Zero;
        var clock = Stopwatch.StartNew();
        while (times.Count < Arrivals && clock.Elapsed < Bound)
        {
            var arrivals = Enumerable.Range(0, Batch).Select(_ => arriving(people)).ToList();
            var before = Environment.CpuUsage.TotalTime;
            foreach (var seeker in arrivals)
            {
                var began = Stopwatch.GetTimestamp();
                var newcomer = pool.Newcomer(Mode.Chat, seeker, now);
                var partner = pool.Partner(newcomer, RecentPairs.Empty, Rules, now);
                pool = partner is null ? pool.Add(Mode.Chat, seeker, now) : pool.Remove(new(partner.Seeker.UserId));
                times.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
                if (partner is not null)
                    matched++;
            }

            worked += Environment.CpuUsage.TotalTime - before;
            foreach (var seeker in arrivals)
                pool = pool.Remove(new(seeker.UserId));
            for (; pool.Count < n; now += TimeSpan.FromTicks(100))
                pool = pool.Add(Mode.Chat, waiting(people), now - TimeSpan.FromMinutes(2));
        }

        var mean = worked.TotalMicroseconds / times.Count;
        times.Sort();
        return string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {n:N0} | {times.Count:N0} | {matched:N0} | {1e6 / mean:N0} | {mean:F1} µs | {times[times.Count / 2]:F1} µs | {times[times.Count * 99 / 100]:F1} µs |");
    }

    /// <summary>People made up by chance, the same in every run.</summary>
    private sealed class People(int seed)
    {
        private static readonly string[] Languages = ["en", "de", "fr", "es", "pt", "it", "tr", "pl", "nl", "ru", "uk", "ar", "fa", "hi", "zh", "ja", "ko", "sv"];
        private readonly Random _random = new(seed);
        private long _last;

        public Seeker Man() => Make(Profile.Types.Gender.Male, Profile.Types.Gender.Female);

        public Seeker Woman() => Make(Profile.Types.Gender.Female, Profile.Types.Gender.Male);

        public Seeker Anybody()
        {
            var gender = _random.Next(20) is var g && g < 9 ? Profile.Types.Gender.Female : g < 18 ? Profile.Types.Gender.Male : Profile.Types.Gender.Other;
            return Make(gender, [.. Enumerable.Range(1, 3).Where(_ => _random.Next(2) == 0).Select(value => (Profile.Types.Gender)value)]);
        }

        public Seeker Plain(Seeker seeker)
        {
            seeker.Needs.Clear();
            seeker.Interests.Clear();
            seeker.Languages.Clear();
            return seeker;
        }

        private Seeker Make(Profile.Types.Gender gender, params Profile.Types.Gender[] preferred)
        {
            var age = 18 + (int)(Math.Pow(_random.NextDouble(), 2) * 60);
            var seeker = new Seeker
            {
                UserId = (++_last).ToString("x32", CultureInfo.InvariantCulture),
                Nickname = "Somebody",
                Gender = gender,
                PreferredGenders = { preferred },
                Age = age,
                AgeMin = _random.Next(4) == 0 ? 0 : Math.Max(18, age - 2 - _random.Next(12)),
                AgeMax = _random.Next(4) == 0 ? 0 : age + 2 + _random.Next(12),
            };
            seeker.Languages.Add(Some(Languages, _random.Next(4)));
            seeker.Needs.Add(Some(Needs.Keys.All, _random.Next(3)));
            seeker.Interests.Add(Some(Interests.Keys.All, _random.Next(Interests.Most + 1)));
            return seeker;
        }

        private IEnumerable<string> Some(IReadOnlyList<string> keys, int count) => Enumerable.Range(0, count).Select(_ => keys[_random.Next(keys.Count)]).Distinct();
    }
}

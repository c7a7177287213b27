using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Scoring.City.Demos;
using Scoring.City.Display;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.City.Rows;
using Scoring.Rules;
using Scoring.Testing;

namespace Scoring.Hosting;

public sealed class StandaloneTests
{
    /// <summary>How many events a start may log; each takes two lines.</summary>
    private const int StartEventsMax = 12;

    [Fact]
    public async Task Files_replayed_twice_and_shuffled_give_the_scores_of_their_distinct_events()
    {
        using var scratch = new ScratchFolder();
        await using var platform = await StandaloneProcess.Start(scratch.Path, developmentClock: true);
        using var session = platform.Session();
        var options = new ReplayOptions(Shuffle: true, Twice: true, Verify: true, StrangersEvery: 5, "standalone-tests");
        var replay = new Replay(session, session.Clock(), options, new PlainProgressDisplay(TextWriter.Null));
        var rows = SyntheticFiles.All("standalone-tests")
            .Select(text => RowReader.Read(new StringReader(text), new RowOptions("tests", 10)));

        await replay.Run([.. rows], [], CancellationToken.None);

        replay.Results.SelectMany(found => found.Mismatches).ShouldBeEmpty();
        replay.Results.Sum(found => found.Checked).ShouldBeGreaterThan(10);
        replay.Results.Sum(found => found.Events).ShouldBeGreaterThan(100);
        replay.Strangers.ShouldBeGreaterThan(0);
        session.Sender.Refused.ShouldBe(0);
    }

    [Fact]
    public async Task A_second_start_finds_its_data_and_a_second_process_is_refused()
    {
        using var scratch = new ScratchFolder();
        City.People.Resident resident;
        await using (var first = await StandaloneProcess.Start(scratch.Path))
        {
            LogEvents(first.Printed).ShouldBeInRange(1, StartEventsMax, first.Printed);
            using var session = first.Session();
            var programme = await session.Platform.Programme("fair-payer", CancellationToken.None);
            resident = (await session.Residents.Enrol(
                programme, [session.Residents.Draw("fair-payer", "resident")], _ => { }, CancellationToken.None))[0];

            await using var other = StandaloneProcess.Launch(scratch.Path, developmentClock: false);
            (await other.Ended()).ShouldBe(1);
            other.Printed.ShouldContain("in use", Case.Insensitive);
        }

        await using var again = await StandaloneProcess.Start(scratch.Path);
        LogEvents(again.Printed).ShouldBeInRange(1, StartEventsMax, again.Printed);
        using var later = again.Session();
        var token = later.Credentials.ParticipantToken(resident.Participant);
        (await later.Platform.Score(token, "fair-payer", resident.Ordinal!.Value, CancellationToken.None)).ShouldNotBeNull();
        await again.Stop();
        await using var production = StandaloneProcess.Launch(
            scratch.Path, developmentClock: false, "Production", "--Gateway:Tokens:Authority=https://issuer.example");
        (await production.Ended()).ShouldBe(1);
        production.Printed.ShouldContain("was made in Development");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(StandaloneSettings.FileOf(scratch.Path)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_port_that_is_in_use_is_named_and_nothing_is_started()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        using var scratch = new ScratchFolder();
        await using var platform = StandaloneProcess.Launch(
            scratch.Path, developmentClock: false, "Development", string.Create(CultureInfo.InvariantCulture, $"--Standalone:Port={port}"));

        (await platform.Ended()).ShouldBe(1);

        platform.Printed.Trim().ShouldBe($"Port {port} is in use on this machine. Choose another port with --Standalone:Port=N.");
        Directory.EnumerateFileSystemEntries(scratch.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_API_the_portal_the_issuer_and_the_health_listener_have_the_only_TCP_ports_that_the_process_listens_on()
    {
        using var scratch = new ScratchFolder();
        await using var platform = await StandaloneProcess.Start(scratch.Path, more: "--Standalone:Address=127.0.0.2");
        using var session = platform.Session();
        var programme = await session.Platform.Programme("fair-payer", CancellationToken.None);
        await session.Residents.Enrol( // a call of many grains: all is up
            programme, [session.Residents.Draw("fair-payer", "resident")], _ => { }, CancellationToken.None);

        ListeningPorts.Of(platform.Id).ShouldBe(
            [
                platform.File.Address.Port, platform.File.Portal!.Address!.Port, new Uri(platform.File.Issuer.Issuer).Port,
                platform.File.Health!.Port,
            ],
            ignoreOrder: true);
        platform.File.Health.Host.ShouldBe("127.0.0.1");
        platform.File.Address.Host.ShouldBe("127.0.0.2");
        using var elsewhere = new TcpClient();
        await Should.ThrowAsync<SocketException>(() => elsewhere.ConnectAsync(IPAddress.Loopback, platform.File.Address.Port));
        await ShouldBeHealthy(platform);
    }

    /// <summary>What <c>./run status</c> reads. The test's disk may be nearly full, and that is no fault of the platform.</summary>
    private static async Task ShouldBeHealthy(StandaloneProcess platform)
    {
        using var http = new HttpClient();
        var health = await HealthDetail.Read(http, platform.File.Health!, CancellationToken.None);
        health.Process.ShouldBe("standalone");
        health.Checks.Where(check => check.Status != HealthWord.Healthy && check.Name != "disk").ShouldBeEmpty();
        health.Checks.Select(check => check.Name).ShouldBe(
            [
                "membership", "database", "rules", "database-settings", "schema", "clock", "sealer", "erasures", "background",
                "registrations", "disk", "catalogue", "issuer",
            ], ignoreOrder: true);
    }

    [Fact]
    public async Task An_address_that_is_none_is_refused_and_nothing_is_started()
    {
        using var scratch = new ScratchFolder();
        await using var platform = StandaloneProcess.Launch(
            scratch.Path, developmentClock: false, "Development", "--Standalone:Address=localhost:80");
        (await platform.Ended()).ShouldBe(1);
        platform.Printed.Trim().ShouldBe("Standalone:Address must be an IP address, for example 127.0.0.1 or 0.0.0.0.");
        Directory.EnumerateFileSystemEntries(scratch.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_portal_runs_with_the_platform_and_the_file_and_the_first_line_say_where()
    {
        using var scratch = new ScratchFolder();
        await using var platform = await StandaloneProcess.Start(scratch.Path);
        var portal = platform.File.Portal?.Address.ShouldNotBeNull()!;
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        (await http.GetStringAsync(portal)).ShouldContain("/programmes/safe-driver");
        platform.Printed.Split('\n').First(line => line.StartsWith("Scoring is ready", StringComparison.Ordinal))
            .ShouldContain(portal.GetLeftPart(UriPartial.Authority));
        platform.File.Things!.Where(thing => thing.Programme == "safe-driver").Select(thing => thing.Id).Distinct()
            .ShouldBe(["car-1", "car-2", "car-3"]);
    }

    [Fact]
    public async Task A_platform_without_a_portal_opens_no_port_for_one_and_takes_no_notice_of_its_settings()
    {
        using var scratch = new ScratchFolder();
        await using var platform = await StandaloneProcess.Start(
            scratch.Path, developmentClock: false, "--Standalone:Portal=false", "--Portal:Port=70000");
        platform.File.Portal!.Address.ShouldBeNull();
    }

    [Fact]
    public async Task A_setting_of_the_portal_out_of_its_range_ends_the_start()
    {
        using var scratch = new ScratchFolder();
        await using var platform = StandaloneProcess.Launch(
            scratch.Path, developmentClock: false, "Development", "--Portal:SessionIdleMinutes=0");
        (await platform.Ended()).ShouldBe(1);
        platform.Printed.ShouldContain("SessionIdleMinutes");
    }

    [Theory]
    [InlineData("Development", 0)]
    [InlineData("Development", 2, "--Postgres:ConectionsMax=5", "--Portal:Port=70000")]
    [InlineData("Production", 1, "--Gateway:Tokens:Authority=https://issuer.example", "--DevelopmentIssuer:Port=0")]
    public void The_check_of_the_configuration_starts_nothing_and_names_every_mistake(
        string environment, int mistakes, params string[] given)
    {
        using var scratch = new ScratchFolder();
        using var output = new StringWriter();
        string[] notice = environment == "Development"
            ? []
            : [
                "ServiceAddress=https://a.example", "PrivacyNotice=https://a.example/p", "Language=en", "Jurisdiction=EU",
                "StorageLocations=EU", "ControllerAddress=1", "AuthorityName=2", "AuthorityAddress=3", "AuthorityContact=4",
            ];
        string[] all =
        [
            $"--environment={environment}", $"--Standalone:DataFolder={scratch.Path}",
            .. notice.Select(fact => "--Notice:" + fact), .. given,
        ];
        StandaloneCheck.Run(all, output).ShouldBe(mistakes == 0 ? 0 : 1, output.ToString());
        output.ToString().Split('\n').Count(line => line.StartsWith("  - ", StringComparison.Ordinal)).ShouldBe(
            mistakes, output.ToString());
        Directory.EnumerateFileSystemEntries(scratch.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_development_issuer_is_refused_outside_development()
    {
        using var scratch = new ScratchFolder();
        await using var platform = StandaloneProcess.Launch(scratch.Path, developmentClock: false, "Production");

        (await platform.Ended()).ShouldBe(1);

        platform.Printed.ShouldContain("Development only");
        Directory.EnumerateFileSystemEntries(scratch.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_setting_of_the_development_issuer_is_refused_outside_development()
    {
        using var scratch = new ScratchFolder();
        await using var platform = StandaloneProcess.Launch(
            scratch.Path, developmentClock: false, "Production", "--Gateway:Tokens:Authority=https://issuer.example",
            "--DevelopmentIssuer:Port=0");

        (await platform.Ended()).ShouldBe(1);

        platform.Printed.ShouldContain("The development issuer is for Development only. Remove the settings DevelopmentIssuer.");
        Directory.EnumerateFileSystemEntries(scratch.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reader_of_the_published_rules_gets_their_hash()
    {
        using var scratch = new ScratchFolder();
        await using var platform = await StandaloneProcess.Start(scratch.Path);
        using var session = platform.Session();
        foreach (var programme in new[] { "safe-driver", "clean-kitchen", "fair-payer" })
        {
            var sets = await session.Api.SendJson(
                HttpMethod.Get, $"/v1/programmes/{programme}/rulesets", null, null, CancellationToken.None);
            foreach (var served in sets!.Value.EnumerateArray())
            {
                var document = JsonNode.Parse(served.GetRawText())!.AsObject();
                var hash = document["hash"]!.GetValue<string>();
                document.Remove("hash");
                CanonicalJson.Hash(CanonicalJson.Write(document)).ShouldBe(hash);
            }
        }
    }

    private static int LogEvents(string printed) => printed.Split('\n').Count(
        line => line.StartsWith("info: ", StringComparison.Ordinal) || line.StartsWith("warn: ", StringComparison.Ordinal));
}

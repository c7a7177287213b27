using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Demos;
using Scoring.City.People;
using Scoring.City.Platform;

namespace Scoring.City.Commands;

/// <summary><c>city person</c>: a made-up participant uses their rights by hand.</summary>
public static class PersonCommand
{
    private const int Newest = 20;

    /// <summary>The command.</summary>
    public static Command Build() =>
        new("person", "Acts as a made-up participant: joins, looks, grants, pauses, contests, takes away, leaves.")
    {
        Enrol(),
        Plain("show", "The subject: consent, handles, whether it is paused.", async (one, cancellationToken) =>
            PersonView.Subject(Console.Out, await one.Client.Subject(cancellationToken))),
        Plain("score", "The score, explained.",
            async (one, cancellationToken) => ExplanationView.Print(await one.Client.Score(cancellationToken))),
        WhatIf(),
        Plain("notices", "The newest notices.", async (one, cancellationToken) =>
            PersonView.Notices(Console.Out, await one.Client.Notices(Newest, cancellationToken))),
        Listen(),
        Plain("looks", "Who looked, and what they were told.", async (one, cancellationToken) =>
            PersonView.AccessLog(Console.Out, await one.Client.AccessLog(Newest, cancellationToken))),
        Plain("receipt", "The signed consent record.", async (one, cancellationToken) =>
            Console.WriteLine(PersonView.Readable(await one.Client.Receipt(cancellationToken)))),
        Grant(),
        Plain("grants", "The standing grants.",
            async (one, cancellationToken) => PersonView.Grants(Console.Out, await one.Client.Grants(cancellationToken))),
        Named("revoke", "ID", "Takes a grant back.", (one, id, cancellationToken) => one.Client.Revoke(id, cancellationToken)),
        Query(),
        Link(),
        Named("unlink", "ID", "Unlinks a handle.", (one, id, cancellationToken) => one.Client.Unlink(id, cancellationToken)),
        Plain("pause", "Pauses everything.", (one, cancellationToken) => one.Client.Pause(cancellationToken)),
        Plain("go-on", "Lifts the pause.", (one, cancellationToken) => one.Client.Resume(cancellationToken)),
        Contest(),
        Material(),
        Plain("audit-code", "A code by which an auditor may name this subject; shown once.", async (one, cancellationToken) =>
            Console.WriteLine(await one.Client.AuditCode(cancellationToken))),
        Plain("contests", "All contests.",
            async (one, cancellationToken) => PersonView.Contests(Console.Out, await one.Client.Contests(cancellationToken))),
        Export(),
        Plain("leave", "Leaves; everything is erased when it answers.", async (one, cancellationToken) =>
            Console.WriteLine($"Left; {(await one.Client.Leave(cancellationToken)).GetProperty("entries")} entries erased.")),
    };

    private static Command Enrol() => Acting(new Command("enrol", "Joins a programme."), async (one, _, cancellationToken) =>
    {
        var programme = await one.Session.Participation.Programme(one.Resident.Programme, cancellationToken);
        var proofs = one.Resident.Handles.Select(handle =>
            one.Session.Credentials.HandleProof(handle.Source, handle.Token, programme.Id, one.Resident.Participant));
        var ordinal = await one.Session.Participation.Enrol(one.Token, programme, proofs, cancellationToken);
        Console.WriteLine(
            $"{one.Resident.Who} is enrolled in {programme.Id} as subject {ordinal}, under rule set {programme.InForce(programme.Today).Number}.");
    });

    private static Command WhatIf()
    {
        var (type, data) = (Text("TYPE", "An event type, as in traffic.trip."), Text("DATA", "Its attributes as a JSON object."));
        return Acting(new Command("what-if", "What a made-up event of today would change; it is stored nowhere.") { type, data },
            async (one, parsed, cancellationToken) => PersonView.Effect(
                Console.Out, await one.Client.WhatIf(parsed.GetValue(type)!, Parsed(parsed.GetValue(data)!), cancellationToken)));
    }

    private static Command Listen()
    {
        var after = new Option<string?>("--after") { Description = "The last id seen; 0-0 for everything." };
        return Acting(new Command("listen", "Live notices, until Ctrl-C.") { after }, async (one, parsed, cancellationToken) =>
        {
            await foreach (var item in one.Client.Listen(parsed.GetValue(after), cancellationToken)) PersonView.Live(Console.Out, item);
        });
    }

    private static Command Grant()
    {
        var service = Text("SERVICE", "A service of the programme.");
        var uses = new Option<int?>("--uses") { Description = "How many questions it is good for; without, until taken back." };
        return Acting(new Command("grant", "Lets a service ask; prints the token that is handed to it.") { service, uses },
            async (one, parsed, cancellationToken) =>
            {
                var granted = await one.Client.Grant(parsed.GetValue(service)!, parsed.GetValue(uses), cancellationToken);
                Console.WriteLine($"grant {granted.GetProperty("id")}, token {granted.GetProperty("token")}");
            });
    }

    private static Command Query()
    {
        var (service, grant) = (Text("SERVICE", "Who asks."), Text("TOKEN", "The grant's token."));
        return Acting(new Command("ask", "Asks as a service, by the token that it was handed.") { service, grant },
            async (one, parsed, cancellationToken) =>
            {
                var name = parsed.GetValue(service);
                var asking = one.Session.Standalone.Services.FirstOrDefault(s => s.Id == name)
                    ?? throw new CityException("The standalone file knows no such service.");
                var (score, tier) = await one.Session.Participation.Query(asking.Token, parsed.GetValue(grant)!, cancellationToken);
                Console.WriteLine($"{asking.Id} is told: {score}, tier {tier}");
            });
    }

    private static Command Link()
    {
        var (source, handle) = (Text("SOURCE", "The source that uses the handle."), Text("HANDLE", "The handle."));
        return Acting(new Command("link", "Links a further handle, by a proof of its source.") { source, handle },
            async (one, parsed, cancellationToken) => PersonView.Handles(Console.Out, await one.Client.Link(
                one.Session.Credentials.HandleProof(
                    parsed.GetValue(source)!, parsed.GetValue(handle)!, one.Resident.Programme, one.Resident.Participant), cancellationToken)));
    }

    private static Command Contest()
    {
        var turn = new Argument<long>("TURN") { Description = "The turn of the event." };
        var ground = Text("GROUND", "Why, by one word of the list in docs/api.md#contests.");
        return Acting(new Command("contest", "Challenges an event.") { turn, ground }, async (one, parsed, cancellationToken) =>
            PersonView.Contest(Console.Out, await one.Client.Contest(parsed.GetValue(turn), parsed.GetValue(ground)!, cancellationToken)));
    }

    private static Command Material()
    {
        var (contest, ground) = (Text("CASE", "The contest's case."), Text("GROUND", "A further ground."));
        return Acting(
            new Command("material", "Adds new material to a contest, once.") { contest, ground }, async (one, parsed, cancellationToken) =>
            PersonView.Contest(
                Console.Out, await one.Client.Material(parsed.GetValue(contest)!, parsed.GetValue(ground)!, cancellationToken)));
    }

    private static Command Export()
    {
        var file = Text("FILE", "The file to write, a zip archive.");
        return Acting(
            new Command("export", "Takes everything away, as one signed archive.") { file }, async (one, parsed, cancellationToken) =>
        {
            await using var into = new FileStream(parsed.GetValue(file)!, FileMode.Create, FileAccess.ReadWrite);
            await one.Client.Export(into, cancellationToken);
            into.Position = 0;
            PersonView.Archive(Console.Out, await CheckedArchive.Check(into, one.Session.Api, cancellationToken));
        });
    }

    private static Command Plain(string name, string words, Func<ParticipantContext, CancellationToken, Task> act) =>
        Acting(new Command(name, words), (one, _, cancellationToken) => act(one, cancellationToken));

    private static Command Named(string name, string what, string words, Func<ParticipantContext, string, CancellationToken, Task> act)
    {
        var id = Text(what, "Which.");
        return Acting(new Command(name, words) { id }, async (one, parsed, cancellationToken) =>
        {
            await act(one, parsed.GetValue(id)!, cancellationToken);
            Console.WriteLine("Done.");
        });
    }

    private static Command Acting(Command command, Func<ParticipantContext, ParseResult, CancellationToken, Task> act)
    {
        var (standalone, seed) = (CityOptions.Standalone(), CityOptions.Seed());
        var programme = new Option<string>("--programme")
            { Description = "The programme.", DefaultValueFactory = _ => ProgrammeNames.SafeDriver };
        var who = new Option<string>("--who") { Description = "City's own word for the person.", DefaultValueFactory = _ => "ada" };
        var ordinal = CityOptions.Number("--ordinal", "Which of the person's subjects in the programme, 0 to 31.", 0, 0, 31);
        foreach (var option in (Option[])[standalone, seed, programme, who, ordinal]) command.Options.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var session = new Session(StandaloneFile.Read(parsed.GetValue(standalone)!), [], parsed.GetValue(seed)!, 1);
            var person = session.TownHall.Meet(parsed.GetValue(programme)!, parsed.GetValue(who)!);
            await act(ParticipantContext.Create(session, person, parsed.GetValue(ordinal)), parsed, cancellationToken);
            return 0;
        });
        return command;
    }

    private static Argument<string> Text(string name, string words) => new(name) { Description = words };

    private static JsonObject Parsed(string data)
    {
        try
        {
            return JsonNode.Parse(data) as JsonObject ?? throw new CityException("The attributes must be a JSON object.");
        }
        catch (JsonException)
        {
            throw new CityException("The attributes are no JSON.");
        }
    }

    private sealed record ParticipantContext(Session Session, Resident Resident, string Token, ParticipantClient Client)
    {
        public static ParticipantContext Create(Session session, Resident who, int ordinal)
        {
            var token = session.Credentials.ParticipantToken(who.Participant);
            return new ParticipantContext(session, who, token, new ParticipantClient(session.Api, token, who.Programme, ordinal));
        }
    }
}

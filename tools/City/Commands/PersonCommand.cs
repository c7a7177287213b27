using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Demos;
using Scoring.City.Platform;
using Scoring.Client;
using static Scoring.City.Commands.ParticipantContext;

namespace Scoring.City.Commands;

/// <summary>The command <c>city person</c>: acts as a synthetic participant.</summary>
public static class PersonCommand
{
    private const int NewestCount = 20;

    /// <summary>Builds the command.</summary>
    public static Command Build() =>
        new("person", "Act as a synthetic participant, and use each of a participant's rights.")
    {
        Enrol(),
        Plain("show", "Show the subject: consent, handles, and whether it is paused.", async (person, cancellationToken) =>
            PersonView.Subject(Console.Out, await person.Client.Find(cancellationToken))),
        Plain("score", "Show the score with its explanation.",
            async (person, cancellationToken) => ExplanationView.Print(await person.Client.ExplainScore(cancellationToken))),
        WhatIf(),
        Plain("notices", "Show the newest notices.", async (person, cancellationToken) =>
            PersonView.Notices(Console.Out, await person.Client.ReadNotices(count: NewestCount, cancellationToken: cancellationToken))),
        Listen(),
        Plain("looks", "Show who accessed the subject's entries, why, and what was answered.", async (person, cancellationToken) =>
            PersonView.AccessLog(Console.Out, await person.Client.ReadLooks(count: NewestCount, cancellationToken: cancellationToken))),
        Plain("receipt", "Show the signed consent record.", async (person, cancellationToken) =>
            Console.WriteLine(PersonView.Readable((await person.Client.ReadReceipt(cancellationToken)).Receipt))),
        Grant(),
        Plain("grants", "List the active grants.",
            async (person, cancellationToken) => PersonView.Grants(Console.Out, await person.Client.ListGrants(cancellationToken))),
        Named("revoke", "The id of the grant.", "Revoke a grant.",
            (person, id, cancellationToken) => person.Client.RevokeGrant(id, cancellationToken)),
        Query(),
        Link(),
        Named("unlink", "The id of the handle.", "Unlink a handle.",
            (person, id, cancellationToken) => person.Client.UnlinkHandle(id, cancellationToken)),
        Plain("pause", "Pause the subject: events are not counted, and services get the neutral answer.",
            (person, cancellationToken) => person.Client.Restrict(cancellationToken)),
        Plain("go-on", "End the pause.", (person, cancellationToken) => person.Client.LiftRestriction(cancellationToken)),
        Contest(),
        Material(),
        Plain("audit-code", "Make a code by which an auditor may name this subject. It is shown once.", async (person, cancellationToken) =>
            Console.WriteLine((await person.Client.MakeAuditCode(new AuditCodeRequest(), cancellationToken)).Code)),
        Plain("contests", "List all contests.",
            async (person, cancellationToken) => PersonView.Contests(Console.Out, await person.Client.ListContests(cancellationToken))),
        Export(),
        Plain("leave", "Leave the programme. Everything is erased when the command ends.", async (person, cancellationToken) =>
            Console.WriteLine($"Left. {(await person.Client.Withdraw(cancellationToken)).Entries} entries were erased.")),
    };

    private static Command Enrol() => Acting(new Command("enrol", "Enrol in a programme."), async (person, _, cancellationToken) =>
    {
        var programme = await person.Session.Platform.Programme(person.Resident.Programme, cancellationToken);
        var proofs = person.Resident.Handles.Select(handle =>
            person.Session.Credentials.HandleProof(handle.Source, handle.Token, programme.Id, person.Resident.Participant));
        var ordinal = await person.Session.Platform.Enrol(person.Token, programme, proofs, cancellationToken);
        Console.WriteLine(
            $"{person.Resident.Who} is enrolled in {programme.Id} as subject {ordinal}, "
            + $"under rule set {programme.InForce(programme.Today).Number}.");
    });

    private static Command WhatIf()
    {
        var type = Text("TYPE", "An event type, for example traffic.trip.");
        var data = Text("DATA", "Its attributes, a JSON object.");
        return Acting(new Command("what-if", "Show what a hypothetical event of today would change. It is not stored.") { type, data },
            async (person, parsed, cancellationToken) => PersonView.Effect(Console.Out, await person.Client.AskWhatIf(
                new WhatIfRequest(parsed.GetValue(type)!, Parsed(parsed.GetValue(data)!)), cancellationToken)));
    }

    private static Command Listen()
    {
        var after = new Option<string?>("--after")
            { Description = "The last id received; 0-0 for all notices. Default: new notices only." };
        return Acting(new Command("listen", "Print live notices until Ctrl-C.") { after }, async (person, parsed, cancellationToken) =>
        {
            await foreach (var notice in person.Client.Listen(parsed.GetValue(after), cancellationToken))
                PersonView.Live(Console.Out, notice);
        });
    }

    private static Command Grant()
    {
        var service = Text("SERVICE", "The id of a service of the programme.");
        var uses = new Option<int?>("--uses")
            { Description = "How many queries the grant allows. Default: any number, until it is revoked." };
        return Acting(new Command("grant", "Let a service query the score. Prints the token for the service.") { service, uses },
            async (person, parsed, cancellationToken) =>
            {
                var request = new GrantRequest(parsed.GetValue(service)!, Uses: parsed.GetValue(uses));
                var granted = await person.Client.GiveGrant(request, cancellationToken);
                Console.WriteLine($"grant {granted.Id}, token {granted.Token}");
            });
    }

    private static Command Query()
    {
        var service = Text("SERVICE", "The id of the service.");
        var grant = Text("TOKEN", "The grant's token.");
        return Acting(new Command("ask", "Query the score as a service, with the token of a grant.") { service, grant },
            async (person, parsed, cancellationToken) =>
            {
                var name = parsed.GetValue(service);
                var development = person.Session.Standalone.Services.FirstOrDefault(s => s.Id == name)
                    ?? throw new CityException("The standalone file has no service of this id.");
                var (score, tier) = await person.Session.Platform.Query(development.Token, parsed.GetValue(grant)!, cancellationToken);
                Console.WriteLine($"Answer to {development.Id}: {score} points, tier {tier}");
            });
    }

    private static Command Link()
    {
        var source = Text("SOURCE", "The id of the source that uses the handle.");
        var handle = Text("HANDLE", "The handle.");
        return Acting(new Command("link", "Link another handle, with a proof that its source signed.") { source, handle },
            async (person, parsed, cancellationToken) => PersonView.Handles(Console.Out, await person.Client.LinkHandles(
                new HandleLinkRequest([person.Session.Credentials.HandleProof(
                    parsed.GetValue(source)!, parsed.GetValue(handle)!, person.Resident.Programme, person.Resident.Participant)]),
                cancellationToken)));
    }

    private static Command Contest()
    {
        var turn = new Argument<long>("TURN") { Description = "The turn of the event in the history." };
        var ground = Ground("The ground.");
        return Acting(new Command("contest", "Contest an event.") { turn, ground }, async (person, parsed, cancellationToken) =>
            PersonView.Contest(Console.Out, await person.Client.OpenContest(
                new ContestRequest(parsed.GetValue(turn), Read(parsed, ground)), cancellationToken)));
    }

    private static Command Material()
    {
        var contest = Text("CASE", "The case of the contest.");
        var ground = Ground("Another ground.");
        return Acting(
            new Command("material", "Add new material to a contest, once.") { contest, ground },
            async (person, parsed, cancellationToken) =>
            PersonView.Contest(Console.Out, await person.Client.AddMaterial(
                parsed.GetValue(contest)!, new MaterialRequest(Read(parsed, ground)), cancellationToken)));
    }

    private static Command Export()
    {
        var file = Text("FILE", "The zip file to write.");
        return Acting(
            new Command("export", "Export everything as one signed archive, and check it.") { file },
            async (person, parsed, cancellationToken) =>
        {
            await using var into = new FileStream(parsed.GetValue(file)!, FileMode.Create, FileAccess.ReadWrite);
            await person.Client.Export(into, cancellationToken);
            into.Position = 0;
            PersonView.Archive(Console.Out, await CheckedArchive.Check(into, person.Session.Api, cancellationToken));
        });
    }

    private static Argument<string> Ground(string description) =>
        new Argument<string>("GROUND") { Description = description }.AcceptOnlyFromAmong([.. Words.All<ContestGround>()]);

    private static ContestGround Read(ParseResult parsed, Argument<string> ground) =>
        Words.Find<ContestGround>(parsed.GetValue(ground)!)!.Value;

    private static Argument<string> Text(string name, string description) => new(name) { Description = description };

    private static JsonObject Parsed(string data)
    {
        try
        {
            return JsonNode.Parse(data) as JsonObject ?? throw new CityException("The attributes must be a JSON object.");
        }
        catch (JsonException)
        {
            throw new CityException("The attributes are not valid JSON.");
        }
    }
}

using System.CommandLine;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Client;

namespace Scoring.City.Commands;

/// <summary>A synthetic participant who acts by the commands of <c>city person</c>.</summary>
/// <param name="Session">The platform.</param>
/// <param name="Resident">The participant's resident.</param>
/// <param name="Token">The participant's access token.</param>
/// <param name="Client">The calls to the API about one subject of the participant.</param>
internal sealed record ParticipantContext(Session Session, Resident Resident, string Token, SubjectClient Client)
{
    /// <summary>Makes a command without arguments act as a participant.</summary>
    public static Command Plain(string name, string description, Func<ParticipantContext, CancellationToken, Task> act) =>
        Acting(new Command(name, description), (person, _, cancellationToken) => act(person, cancellationToken));

    /// <summary>Makes a command with an id as its argument act as a participant.</summary>
    public static Command Named(
        string name, string idDescription, string description, Func<ParticipantContext, string, CancellationToken, Task> act)
    {
        var id = new Argument<string>("ID") { Description = idDescription };
        return Acting(new Command(name, description) { id }, async (person, parsed, cancellationToken) =>
        {
            await act(person, parsed.GetValue(id)!, cancellationToken);
            Console.WriteLine("Done.");
        });
    }

    /// <summary>Makes a command act as a participant, and adds the options for that.</summary>
    public static Command Acting(Command command, Func<ParticipantContext, ParseResult, CancellationToken, Task> act)
    {
        var standalone = CityOptions.Standalone();
        var seed = CityOptions.Seed();
        var programme = new Option<string>("--programme")
            { Description = "The programme's id.", DefaultValueFactory = _ => ProgrammeNames.SafeDriver };
        var name = new Option<string>("--who")
            { Description = "The name of the synthetic person. Only City uses it.", DefaultValueFactory = _ => "ada" };
        var ordinal = CityOptions.Number("--ordinal", "The number of the person's subject in the programme, 0 to 31.", 0, 0, 31);
        foreach (var option in (Option[])[standalone, seed, programme, name, ordinal]) command.Options.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var session = new Session(StandaloneFile.Read(parsed.GetValue(standalone)!), [], parsed.GetValue(seed)!, 1);
            var resident = session.Residents.Draw(parsed.GetValue(programme)!, parsed.GetValue(name)!);
            await act(Create(session, resident, parsed.GetValue(ordinal)), parsed, cancellationToken);
            return 0;
        });
        return command;
    }

    private static ParticipantContext Create(Session session, Resident resident, int ordinal)
    {
        var token = session.Credentials.ParticipantToken(resident.Participant);
        return new ParticipantContext(session, resident, token, session.Api.As(token).Subjects.Of(resident.Programme, ordinal));
    }
}

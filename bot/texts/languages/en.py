"""What citera says in English."""

from typing import Final

from bot.texts.admin_phrases import AdminTexts, PrivacyTexts
from bot.texts.phrases import Texts
from bot.texts.skip_reasons import IN_SWEDISH
from bot.texts.telegram_phrases import (
    AccessTexts,
    AnswerTexts,
    FeedbackTexts,
    InlineTexts,
    LanguageTexts,
    LimitTexts,
    MenuTexts,
    ReembedTexts,
    TelegramTexts,
)
from corpus.languages.en.times import TIMES

_TELEGRAM: Final = TelegramTexts(
    answer=AnswerTexts(
        copies="the same in {count} more",
        within="Only in “{title}”",
        further="Further passages",
        more="More ›",
        back="‹ Back",
        open_page="Open the page",
        ask_document="Ask about this document",
        ask_all="Ask all documents",
        asking_document="I now search only “{title}”. Write your question.",
        asking_document_in_group="Reply to this message with your question, and I will search only "
        "“{title}”.",
        asking_all="I search all documents again.",
        goes_on="The quote continues in the document.",
        grown_old="This answer has expired. Please ask again.",
        not_yours="You don't have access to this bot.",
        unknown_button="I do not know this button.",
    ),
    inline=InlineTexts(
        strangers="You don't have access yet. Write to me first",
        type_on="Finish your question",
        too_many="Too many questions. Try again in {seconds} s",
        nothing="I found no answer in the documents",
    ),
    language=LanguageTexts(
        which="Which language should I use? Answers are always in the language of the question.",
        as_in_telegram="As set in Telegram",
        chosen="I will use English from now on.",
    ),
    menu=MenuTexts(
        ask="Ask a question",
        new="Start a new conversation",
        language="Choose my language",
        help="How to ask",
        privacy="What I store about you",
        forgetme="Delete what I store about you",
        status="What the index contains",
        reembed="Update the index",
        users="Who has access",
        unanswered="Unanswered questions",
        stats="How many ask, and how many get answers",
        export="All questions as a table",
        boilerplate="Lines left out of the search",
        description="I look for answers in a folder of documents and quote them word for word, "
        "with the source of each quote. No language model writes what I say.\n\nAsk as you would "
        "ask a person, in Swedish or English, whatever language the documents are in.",
        short_description="Answers questions about documents, with quotes from them.",
    ),
    access=AccessTexts(
        stranger="An administrator has to let you in first. Write /start to ask for access.",
        nobody_yet="I have no administrator yet. If I am your bot, put your id, {chat_id}, in "
        "ADMIN_USER_IDS and restart me.",
        code="An administrator has to let you in first. Show them this code, which is valid for an "
        "hour: {code}",
        too_many_wait="Too many people are asking for access. Please write /start in an hour.",
        request="{name} asks for access, with the id {chat_id}. Let them in only if they show "
        "you this code: {code}",
        admit="Let in",
        refuse="Refuse",
        settled_already="This request has been decided already, or is more than an hour old.",
        admitted="{name} was let in by {admin}.",
        refused="{name} was refused by {admin}.",
        welcome="You have been let in.",
        not_admitted="An administrator has refused your request.",
        closed_group="I do not answer in this group yet.",
        let_group_in="An administrator can let it in by writing /start here.",
        admit_group="Let the group in",
        group_admitted="I now answer in this group: everybody in it can ask me.",
    ),
    feedback=FeedbackTexts(
        noted="Thank you, I have noted it.",
        taken_back="Rating removed.",
        gone="I no longer have that answer.",
        askers_alone="Only the person who asked can rate the answer.",
    ),
    limits=LimitTexts(
        too_many="That was many questions at once. Please ask again in {seconds:second|seconds}.",
        place="Many people are asking right now; you are number {place} in the queue.",
        passed_over="I was offline when you asked, so I answer only your last question. I skipped "
        "{count}: please ask again if you need an answer.",
    ),
    reembed=ReembedTexts(
        pace="{rate} a second, {left} left",
        cancel="Cancel",
        cancelling="Cancelling …",
        cancelled="The re-embed was cancelled. The index is as it was.",
        over="That has finished.",
        roll_back="Go back to the previous index",
        rolled_back="Back to the index of {created}, with {documents:document|documents}. "
        "/reembed makes a new one.",
    ),
    admin=AdminTexts(
        in_private="That shows what others have asked, so it works only in a private chat.",
        error="Something went wrong on my side; the log has it under {error_id}. I won't report "
        "more errors of this kind until tomorrow.",
        running="Memory: {memory} MB\nRunning for {uptime}\nQuestions today: {questions}, "
        "median time {median} s",
        stats="{questions:question|questions} from {users:person|people}, {found} answered\n"
        "👍 {liked}  👎 {disliked}  ·  median time {median} s",
        stats_day="Last 24 hours",
        stats_days="Last {days} days",
        no_question_yet="No question.",
        unanswered="Unanswered questions:",
        downvoted="Disliked answers:",
        none_unanswered="There are no unanswered questions and no disliked answers. (With "
        "KEEP_QUESTIONS_DAYS=0 I store no texts to show.)",
        exported="{questions:question|questions}, with the answers and their ratings.",
        boilerplate="These lines are left out of the search; the number says how many documents "
        "contain each:",
        no_boilerplate="No lines recur in many documents.",
        people="{count:was|were} let in with a button, {waiting:is|are} waiting.",
        in_settings="In ALLOWED_CHAT_IDS: {chats}",
        revoked="Access removed.",
        not_let_in="They no longer had access.",
    ),
    privacy=PrivacyTexts(
        kept="I keep your questions for {days:day|days}, each with your Telegram id, the documents "
        "I answered from and your rating, so that my administrators can see which go unanswered. "
        "They can read your questions.",
        not_kept="I do not keep the texts of your questions once they are answered. For 30 days I "
        "keep the rest of each: your Telegram id, the documents I answered from and your rating.",
        always="A question is stored on my disk until it is answered. All of this stays on the "
        "machine I run on, but our messages pass through Telegram.\n\n/forgetme deletes what I "
        "store about you, except that you have access; an administrator can remove that.",
        forgotten="I have deleted what I stored about you: {questions:question|questions}, "
        "and all related data.",
    ),
    greeting="Hello! Ask me anything about the documents I have. I answer with quotes from them, "
    "and say so when I find nothing.",
    samples="For now they are sample documents about an invented Swedish town.",
    help="Write a question as you would ask a person, for example: Who attended the January "
    "meeting? Naming the month or year helps, and you can ask in Swedish about English documents "
    "and the other way round.\n\nTap a quote to unfold it, or its number to see it in its context. "
    "Follow up with “And in February?”, or reply to an older answer to continue from that one; "
    "/new starts a new conversation. In a group, write /ask and the question, mention me, or reply "
    "to me.",
    help_for_admins="You are an administrator:\n/status the state of the bot and the index\n"
    "/reembed updates the index from the documents folder\n/users who has access\n"
    "/unanswered unanswered questions\n/stats how many ask, and how many get answers\n/export all "
    "questions as a table\n/boilerplate lines left out of the search",
    admins_alone="Only administrators can use that command.",
    unknown_command="I do not know that command. Just write your question, or see /help.",
    text_alone="I can only read text. Please write your question.",
    forgotten="New conversation. What would you like to know?",
    long_forward="That text is too long to search for. Reply to it with your question, and I will "
    "include the text.",
    no_question="Write your question after the command, for example: /ask Who attended the January "
    "meeting?",
    too_long="Your question is {length:character|characters} long; the limit is {longest}. "
    "Ask for one thing at a time.",
    cannot_answer="I cannot answer right now because there is a problem with my index. An "
    "administrator has to look at it.",
    trouble="I cannot answer right now: {trouble}",
    failed="Sorry, something went wrong on my side. An administrator can find it in the log under "
    "{error_id}.",
    reembed_started="The re-embed has started. I keep answering meanwhile.",
    reembed_running="A re-embed is already running.",
    reembed_done="Done in {seconds} s: {documents:document|documents}, "
    "{passages:passage|passages}, of which {embedded:is|are} new or changed.",
    reembed_unchanged="Nothing has changed: {documents:document|documents}, "
    "{passages:passage|passages}.",
    reembed_failed="The re-embed failed. The previous index, if there was one, is still in use.",
    reasons={reason: reason for reason in IN_SWEDISH},
    skipped="Could not be read: {count}",
    not_read="Unsupported kinds of files: {kinds}",
    and_more="… and {count} more",
    status="{documents:document|documents}, {passages:passage|passages} ({languages})\n"
    "Updated {created}, {age} ago\n"
    "Model: {model}\nFolder: {folder}\nSize: {megabytes} MB",
    stages={
        "compare": "Comparing files",
        "read": "Reading documents",
        "index": "Indexing words",
        "embed": "Embedding passages",
        "ask": "Asking golden questions",
    },
)

TEXTS: Final = Texts(
    name="English",
    leads={
        "attended": "Attended, according to the documents:",
        "absent": "Absent, according to the documents:",
        None: "According to the documents:",
    },
    may_answer="This may answer it:",
    other_meetings="The dates I did find: {dates}.",
    among="Yes: {item}",
    not_among="{name} is not in the list shown: {citation}",
    part_not_found="I did not find {asked}.",
    see_also="See also:",
    says="{citation} says {asked}",
    differing="These differ: {citations}",
    newer_says="{citation} is newer and says {asked}",
    said="{citation} said {asked}",
    said_something_else="{citation} said something else",
    not_found="I did not find an answer to this in the documents.",
    not_mentioned="Nothing I found mentions: {phrases}.",
    nothing_more="I found nothing more about this in the documents.",
    nearest="Closest passages, though not an answer:",
    also_in="Also in",
    read_as="Read as: {question}",
    year_taken="Read as {date}.",
    year_taken_of="Read as {date}; there is also {others}.",
    another_year="For another year, ask: and in {year}?",
    small_talk={
        "greeting": "Hello! Ask me something about the documents.",
        "thanks": "You're welcome!",
        "praise": "Thank you! Feel free to ask more.",
        "wellbeing": "All is well here, thank you. What would you like to know?",
        "farewell": "Goodbye!",
        "agreement": "Good. Feel free to ask more.",
        "identity": "I am Citera, a program that looks for answers in a folder of documents and "
        "quotes them word for word. No language model writes what I say.",
        "abilities": "I answer questions about the documents with quotes from them, for example: "
        "Who attended the January meeting? Naming the month or year helps. You can follow up on an "
        'answer, as in "and in February?", "who else?" or "when was that?", and ask in Swedish or '
        "English, whatever language the documents are in.",
    },
    quotation_marks=("“", "”"),
    in_language={"sv": "in Swedish", "en": "in English", "other": "in another language"},
    months=TIMES.months_written,
    telegram=_TELEGRAM,
)

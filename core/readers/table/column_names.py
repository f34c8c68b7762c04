"""The names that tools give to a post's id, author, text and so on, as `rows.compact` writes them."""

from core.counts import COUNT_NAMES

_WORDS = """
text: fulltext rawcontent tweettext posttext commenttext replytext textoriginal textdisplay contenttext bodytext
    text body content tweet comment reply post message selftext caption cooked bodyhtml contenthtml desc
    正文 评论内容 回复内容 推文内容 微博正文
    内容 评论 文本 推文
id: idstr tweetid tweetidstr statusid commentid commentidstr replyid id postid messageid restid uri uuid cid rpid
    评论id 推文id 帖子id answerid reviewid itemid noteid awemeid videoid threadid storyid articleid topicid
    contentid pk 编号
author: screenname userscreenname authorscreenname handle authorhandle userhandle username authorusername acct
    login uniqueid author user by commenter poster owner account uname from sender sendername authorname 用户名 作者
    用户 评论者 账号
name: displayname authordisplayname userdisplayname fullname authorfullname authorfull nickname usernickname nick
    authorname username author name profilename 昵称 用户昵称 显示名 评论者昵称 作者昵称
time: createdat tweetcreatedat createdatiso createdutc createdatutc createdtimestamp createtime createdtime
    unixtimestamp dateunixtime takenat timestamp pubts publishedts createdatetime
    publishedat published publishtime postedat postedtime posted datetime date created time ctime creationdate
    timeparsed timeago 发布时间 评论时间 创建时间 时间 日期
likes: likecount likescount likedcount commentlikecount likes favoritecount favouritescount favoritescount
    favorites favourites favcount
    favs hearts voteupcount score points upvotes ups like attitudescount diggcount thumbsup numlikes nlikes
    reactioncount netscore netvotes votes
    点赞数 点赞 赞 评论点赞数 喜欢数
replies: replycount repliescount replies commentcount commentscount comments numcomments numreplies nreplies
    totalreplycount replycommenttotal subcommentcount rcount 回复数 评论数
views: viewcount viewscount views impressioncount impressions playcount numviews reads 浏览量 阅读量 播放量
    阅读数 浏览数
reposts: retweetcount rts retweetscount retweets repostcount repostscount reposts reblogscount sharecount
    sharescount shares numretweets nretweets boosts 转发数 转发 转推数
parent: inreplytostatusidstr inreplytostatusid inreplytotweetidstr inreplytotweetid inreplytoid inreplyto
    replyingtostatus replyingtoid replyingtotweetid parentid parentcommentid parenttweetid parentpostid parent
    replyingto replytomessageid replytomsgid replytoid replytotweetid replytostatusid replytocommentid replyto
    replyid relatedtweetid parenturi
    referencedtweetsrepliedtoid 父评论id 上级评论id 父id 回复id
root: conversationidstr conversationid rootid rootidstr roottweetid rootpostid linkid submissionid storyid
    sourcetweetid originaltweetid threadid topicid discussionid videoid articleid postid statusid tweetid noteid
    awemeid contentid postshortcode shortcode objectid subjectid questionid oid parentpostid parentvideoid 会话id
    帖子id 视频id
url: tweeturl posturl statusurl commenturl permalink permanenturl htmlurl url link tweetlink postlink href 链接
    评论链接 推文链接
lang: lang language langcode languageguess 语言
title: title posttitle subject headline 标题 题目
author_id: authorid authoridstr userid useridstr uid userpk ownerid accountid creatorid creatorhash channelid
    authorchannelid fromid senderid did memberid 用户id 作者id
media: media mediaurls mediaurl images imageurl imageurls pictures picture photos videos videourl imagelist 图片
"""


def _named() -> dict[str, tuple[str, ...]]:
    """Field -> names, the most telling first."""
    fields: dict[str, list[str]] = {}
    for word in _WORDS.split():
        if word.endswith(":"):
            fields[word[:-1]] = []
        else:
            fields[next(reversed(fields))].append(word)
    return {field: tuple(names) for field, names in fields.items()}


NAMES = {name: (name,) for name in COUNT_NAMES} | _named()
"""Field -> names, the most telling first."""
WEAK = frozenset(("comment", "reply", "post", "message", "caption", "tweet", "desc", "评论", "推文"))
"""Names of a text that many other lists have too."""
NET_SCORES = frozenset(("score", "points", "karma", "netvotes", "votes", "netscore"))
"""Names of counts from which votes against are taken off."""
SEEN_AT = (
    *("lastmodifyts", "timestampcollected", "collectedat", "scrapedat", "crawledat", "fetchedat", "retrievedat"),
    *("capturedat", "crawltime", "scrapetime", "retrievedon", "采集时间", "抓取时间"),
)
"""Names of the moment at which a tool saw a row."""
REPLIED_AUTHOR, IS_REPLY = "repliedauthor", "isreply"
"""4CAT's names of the account that a post answers, and of whether it answers any."""
OF_A_COMMENT = frozenset(("commentid", "commentidstr", "cid", "rpid", "replyid", "answerid", "reviewid", "评论id"))
"""Names of ids that only comments have."""
OF_ROOTS_ONLY = frozenset(
    (
        "noteid",
        "awemeid",
        "videoid",
        "articleid",
        "threadid",
        "topicid",
        "storyid",
        "submissionid",
        "contentid",
    )
)
"""Names of ids that a comment has from what it is under, and that a list of such things has of its own."""
STRONG_ROOTS = NAMES["root"].index("threadid")
"""Names of a root, from the first on, that are believed though every row has another one."""
PEOPLE = frozenset(
    (
        *("author", "user", "account", "creator", "owner", "member", "from", "poster", "profile", "commenter", "core"),
        *("userinfo", "sender", "authorinfo", "memberinfo"),
    )
)
"""Objects whose name is the author's."""
AROUND = frozenset(
    (
        *("metrics", "publicmetrics", "stats", "statistics", "counts", "engagement", "legacy", "snippet", "data"),
        *("attributes", "record", "content", "comment", "tweet", "post", "node", "properties", "item", "meta"),
        *("toplevelcomment", "caption", "interactinfo", "statusinfo"),
    )
)
"""Objects around the fields of a post."""
ANSWERS = frozenset(
    (
        *("replies", "children", "comments", "answers", "threadreplies", "responses", "subcomments", "subreplies"),
        *("replylist", "nestedreplies", "commentreplies", "childcomments", "replycomments", "回复", "子评论"),
    )
)
"""Lists of the answers to a post."""
